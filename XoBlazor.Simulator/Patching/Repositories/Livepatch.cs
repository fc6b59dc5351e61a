namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>A patch of a running hypervisor or kernel.</summary>
/// <param name="Component"><c>xen</c> or <c>kernel</c>.</param>
/// <param name="BuildId">The build that it goes on.</param>
/// <param name="From">Version and release that it goes on, with a hyphen between.</param>
/// <param name="To">Version and release that it leads to.</param>
public sealed record Livepatch(string Component, string BuildId, string From, string To);
