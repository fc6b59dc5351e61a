using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>A network device of a VM with the network it is on.</summary>
public sealed record VmNetworkDevice(Vif Vif, Network? Network);
