namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>A host in the order of the turns.</summary>
/// <param name="Vms">How many VMs run on it.</param>
/// <param name="Memory">Theirs together, in bytes.</param>
public sealed record RehearsedHost(string Uuid, string Name, bool IsCoordinator, int Vms, long Memory);
