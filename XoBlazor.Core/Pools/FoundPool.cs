using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>A pool whose coordinator let us in.</summary>
internal sealed record FoundPool(XapiConnection Connection, Pool Pool);
