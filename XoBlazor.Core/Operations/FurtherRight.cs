using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations;

/// <summary>A right that an operation needs on an object that nobody named.</summary>
internal readonly record struct FurtherRight(Right Right, XapiObject On);
