using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Store.Facts;

/// <summary>A pool's picture of just the objects a test speaks of.</summary>
internal static class PictureOf
{
    public static PoolPicture Objects(params XapiObject[] objects)
    {
        using var writer = new ObjectStore(TimeProvider.System, []).Open("pool");
        writer.ApplyListing(objects);
        return writer.Picture;
    }
}
