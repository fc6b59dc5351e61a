using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>Makes a <see cref="Rehearsal"/>: looks at the picture, and asks each host which of its VMs could not leave it and what time it is, by which its toolstack shows that it answers.</summary>
internal static class RehearsalReader
{
    // One public measurement of a pool of three: 1039 s for all (xen-orchestra#7578).
    private static readonly TimeSpan s_reboot = TimeSpan.FromSeconds(1039 / 3.0);

    /// <summary>Bytes a second of a link of 1000 Mbit/s, by which XAPI itself estimates evacuations (vm_evacuation.ml).</summary>
    private const double MoveRate = 125_000_000;

    /// <summary>Xen Orchestra's.</summary>
    private static readonly TimeSpan s_mostApart = TimeSpan.FromSeconds(30);

    /// <param name="request">What may be shut down for it.</param>
    /// <param name="obstacle">Why nothing can be installed as things are; null where nothing is in the way.</param>
    public static async Task<Rehearsal> ReadAsync(PoolPicture pool, XapiConnection connection, RollingRequest request, string? obstacle, IMissingUpdates missing, TimeProvider time, CancellationToken token)
    {
        var hosts = RollingCourse.Order(pool).ToList();
        var findings = PoolFindings.Of(pool, request, time.GetUtcNow()).ToList();
        if (obstacle is not null)
            findings.Add(PoolFindings.OfPool(pool, FindingLevel.Blocks, obstacle));
        var lacking = new Dictionary<string, HostUpdates>();
        foreach (var host in hosts)
        {
            findings.AddRange(PoolFindings.Of(pool, host));
            if (!pool.IsHostLive(host))
                continue;
            findings.AddRange(await AskAsync(pool, connection, host, request, time, token));
            if (request.Kind == RollingKind.Update)
                findings.Add(UpdateFindings.Of(pool, host, lacking[host.Uuid] = await missing.LookAsync(pool.Key(host), TimeSpan.Zero, token)));
        }

        findings.AddRange(UpdateFindings.OfRestarts(pool, request, lacking.Values));
        var reboots = hosts.Count(host => !lacking.TryGetValue(host.Uuid, out var found) || UpdateFindings.IsTouched(pool, host, found));

        var rehearsed = hosts.Select(host => new RehearsedHost(host.Uuid, pool.NameOf(host), pool.IsCoordinator(host), pool.VmsOn(host).Count(), MemoryOn(pool, host))).ToImmutableArray();
        var moved = TimeSpan.FromSeconds(rehearsed.Sum(host => (double)host.Memory) * 2 / MoveRate);
        return new()
        {
            Pool = pool.Uuid,
            PoolName = pool.Name(),
            Kind = request.Kind,
            Time = time.GetUtcNow(),
            Hosts = rehearsed,
            Findings = [.. findings.OrderBy(finding => finding.Level)],
            RestartsAreAsked = UpdateFindings.MayAskForRestarts(pool, request, lacking.Values),
            Expected = reboots == 0 ? TimeSpan.Zero : (s_reboot * reboots) + moved,
            Reckoning = reboots == 0 ? "No host has to be rebooted." : $"{(reboots == 1 ? "1 reboot" : $"{reboots} reboots")} of {s_reboot.TotalMinutes:0.#} minutes, as measured on a pool of three; and the memory of all VMs on these hosts moved away and back at 1000 Mbit/s. Big machines take longer to start, fast networks less to move.",
            Failures = Failures(pool, request.Kind),
        };
    }

    private static long MemoryOn(PoolPicture pool, Host host) => pool.VmsOn(host).Sum(vm => Math.Max(vm.MemoryDynamicMax, 0));

    private static async Task<ImmutableArray<RehearsalFinding>> AskAsync(PoolPicture pool, XapiConnection connection, Host host, RollingRequest request, TimeProvider time, CancellationToken token)
    {
        var findings = ImmutableArray.CreateBuilder<RehearsalFinding>();
        var offset = await HostClock.OffsetAsync(connection, new(host.Ref), time, token);
        findings.Add(offset is null ? PoolFindings.About(host, pool, FindingLevel.Blocks, "Its toolstack does not answer.") with { Solution = "Restart its toolstack." }
            : offset.Value.Duration() > s_mostApart ? PoolFindings.About(host, pool, FindingLevel.Warns, $"Its clock is {offset.Value.Duration().TotalSeconds:0} s off.") with { Solution = "Check its NTP servers." }
            : PoolFindings.About(host, pool, FindingLevel.Tells, "Its toolstack answers, and its clock is right."));
        var blocks = await HostBlocks.AskAsync(connection, pool, host, token);
        findings.AddRange(blocks.Select(block => RollingConsent.Covers(request, block)
            ? Of(pool, host, block) with { Level = FindingLevel.Tells, Words = $"It is shut down during the turn of {pool.NameOf(host)}, as agreed, and started again. {(HostBlocks.MayBeAsked(block.Vm) ? "" : "Its guest cannot be asked to: its power is cut. ")}{block.Words}", Solution = null, Fix = null }
            : Of(pool, host, block)));
        if (blocks.IsEmpty)
            findings.Add(PoolFindings.About(host, pool, FindingLevel.Tells, pool.VmsOn(host).Any() ? "All its VMs can go elsewhere while they run." : "No VM runs on it."));
        return findings.ToImmutable();
    }

    private static RehearsalFinding Of(PoolPicture pool, Host host, HostBlock block) => new(FindingLevel.Blocks, "VM", block.Vm.Uuid, pool.NameOf(block.Vm), host.Uuid, block.Words)
    {
        Solution = block.Solution,
        Fix = block.Reason switch { BlockReason.InsertedDisc => "vm.eject_cd", BlockReason.Paused => "vm.unpause", _ => null },
        Reason = block.Reason,
    };

    private static ImmutableArray<RehearsedFailure> Failures(PoolPicture pool, RollingKind kind)
    {
        var off = (pool.Pool!.HaEnabled, RollingCourse.StartsVms(pool)) switch
        {
            (true, true) => " HA and automatic power-on are off.",
            (true, false) => " HA is off.",
            (false, true) => " Automatic power-on is off.",
            (false, false) => "",
        };
        return
        [
            .. kind == RollingKind.Reboot ? Array.Empty<RehearsedFailure>() : RollingCourse.TakesUpdatesAtOnce(pool)
                ? [new("An update cannot be installed", $"Hosts that have it already keep it; no host has been emptied.{off}")]
                : [new("An update cannot be installed", $"That host is out of service and empty, and has not been rebooted.{off}")],
            new("A VM cannot leave its host", $"That host is out of service, with the VMs that have not left it; all run.{off}"),
            new("A host does not come back", $"It is missing; its VMs run on the other hosts.{off}"),
            new("A VM that was shut down does not start", $"The run goes on; the report names it.{off}"),
            new("A VM cannot go home", "It runs where it is; the report names it."),
            new("This server stops", $"The run goes on where it was when the server is back.{off}"),
        ];
    }
}
