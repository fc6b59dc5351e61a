using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>A right that an operation needs on an object that nobody named.</summary>
/// <param name="Pool">The object's; null for the target's.</param>
internal readonly record struct FurtherRight(Right Right, XapiObject On, PoolPicture? Pool = null);
