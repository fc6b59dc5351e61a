using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>One object of a list in one picture.</summary>
public readonly record struct Cell<T>(PoolPicture Pool, T Object) where T : XapiObject;
