using System.Collections.Immutable;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>HA as it was before the run, to switch it on again so.</summary>
/// <param name="HeartbeatSrs">The uuids of the storage for the heartbeat.</param>
/// <param name="Configuration">XAPI's <c>ha_configuration</c>.</param>
/// <param name="HostFailures">How many failures it was to survive.</param>
public sealed record HaBefore(ImmutableArray<string> HeartbeatSrs, ImmutableDictionary<string, string> Configuration, long HostFailures);
