using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>A drive of a VM with what is in it and where that is kept; an empty optical drive has neither.</summary>
public sealed record VmDisk(Vbd Vbd, Vdi? Vdi, Sr? Sr);
