using XoBlazor.Core.Model;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>A VM that cannot leave its host while it runs.</summary>
/// <param name="Words">Why, in a sentence or two, with names.</param>
/// <param name="Solution">What would solve it, in a sentence.</param>
/// <param name="Code">XAPI's code and its parameters.</param>
internal sealed record HostBlock(Vm Vm, BlockReason Reason, string Words, string Solution, string Code);
