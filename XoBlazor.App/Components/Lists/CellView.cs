using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>One object of a list as it is to be drawn now. It holds a whole picture: whoever draws from it does not keep it.</summary>
public readonly record struct CellView<T>(PoolPicture Pool, T Object, Viewpoint By) where T : XapiObject;

/// <summary>Where a list is looked at from.</summary>
/// <param name="Icons">The address of the sheet of icons.</param>
/// <param name="Zone">The person's.</param>
/// <param name="Moment">Ages are counted up to it: now, or the past moment that is shown.</param>
/// <param name="Since">In the past, what changed since then.</param>
public readonly record struct Viewpoint(string Icons, UserZone Zone, DateTimeOffset Moment, ChangedSince? Since);
