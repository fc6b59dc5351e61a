using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>A call as it came over any of the protocols.</summary>
internal sealed record RpcRequest(string Method, IReadOnlyList<XapiValue> Parameters);
