using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>The present: the store's snapshot together with how fresh each pool is. One for all circuits.</summary>
public sealed class StorePictures(ObjectStore store, LastEvent last) : IPictureSource
{
    private Scene _current = Scene.Empty;

    public Scene Current
    {
        get
        {
            var scene = Volatile.Read(ref _current);
            var snapshot = store.Current;
            if (scene.Version == snapshot.Version)
                return scene;
            scene = new Scene(snapshot.Version, [.. snapshot.Pools.Select(Present)], LastEvent: last.Moment);
            Volatile.Write(ref _current, scene);
            return scene;
        }
    }

    private static ScenePool Present(PoolPicture picture) =>
        new(picture.Uuid, picture.Pool?.NameLabel is { Length: > 0 } name ? name : picture.Uuid, picture, IsConnected: true, LastAnswer: null);
}
