using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>How pages find what an address names.</summary>
internal static class PictureExtensions
{
    /// <summary>By uuid, or by reference for what has no uuid (tasks that just came).</summary>
    public static T? Find<T>(this PoolPicture picture, string id) where T : XapiObject =>
        picture.GetByUuid<T>(id) ?? picture.Get(id) as T;
}
