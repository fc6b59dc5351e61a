namespace XoBlazor.Core.Xapi;

/// <summary>This host is a member; the pool's coordinator has to be asked.</summary>
/// <param name="coordinator">The coordinator's address as the member knows it; IPv6 without brackets.</param>
public sealed class HostIsSlaveException(string coordinator)
    : XapiException($"This host is a member of a pool; its coordinator is {coordinator}.")
{
    public string Coordinator { get; } = coordinator;
}
