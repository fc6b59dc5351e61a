using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>An object and the picture of the pool it was found in.</summary>
public readonly record struct Located<T>(PoolPicture Pool, T Object) where T : XapiObject
{
    public ObjectKey Key => Pool.Key(Object);
}
