using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Events;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>
/// What happened to the recorded pool of two hosts while it was talked to: sessions nobody wrote down, a member that died, a toolstack
/// that was restarted. The pool is another than the recorded one, so hosts, VMs and storage are matched by the part they play.
/// </summary>
internal sealed partial class PoolStory(PoolSimulator pool, IReadOnlyList<Recording> recordings)
{
    private bool _isBegun;
    private Task _cut = Task.CompletedTask;

    /// <summary>The first exchanges are with a member, the others with the coordinator.</summary>
    public IPEndPoint AddressOf(Recording recording, int port) =>
        new(recording.Name.StartsWith("slave-", StringComparison.Ordinal) && !recording.Name.StartsWith("slave-dead", StringComparison.Ordinal)
            ? pool.Addresses.AddressOf(Member.Ref) : IPAddress.Loopback, port);

    private DbObject Member => pool.Db.All("host").First(h => h.Ref != pool.Db.Coordinator.Ref);

    public async Task HappenAsync(Recording recording, Replay replay, CancellationToken cancellation)
    {
        // Who was cut off is here before the toolstack has forgotten its sessions.
        await _cut;
        if (!_isBegun)
            Begin(replay);
        if (recording.Name.EndsWith("event-from-cut", StringComparison.Ordinal))
        {
            if (IsOrderly(recording))
                replay.Translate(TokenText().Match(recording.Body).Value, new Token(pool.Db.Generation, 0).ToString());
            _cut = CutAsync(IsOrderly(recording), cancellation);
        }
        else if (recording.Status == 200 && pool.Connections.Refuses is not null)
            pool.Connections.Refuses = null;
        if (recording.Name.EndsWith("old-token", StringComparison.Ordinal))
            replay.Translate(Reference().Match(recording.Body).Value, pool.Sessions.LogIn("root", "xenroot", "again"));
    }

    /// <summary>The toolstack goes down while a client waits, and comes back without its sessions.</summary>
    private async Task CutAsync(bool isOrderly, CancellationToken cancellation)
    {
        while (pool.Connections.Count == 0)
            await Task.Yield();
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        pool.Connections.Refuses = _ => true;
        pool.Connections.DropAll();
        pool.Sessions.CloseAll();
        if (isOrderly)
            pool.Db.Restart();
        else
            pool.Db.ForgetDeletions();
    }

    /// <summary>Told to end, a host writes its database first and reads it again; killed, it comes back with an older one.</summary>
    private static bool IsOrderly(Recording recording) => recording.Name.StartsWith("sigterm", StringComparison.Ordinal);

    private void Begin(Replay replay)
    {
        _isBegun = true;
        if (recordings.FirstOrDefault(r => r.Name == "hosts") is not { } hosts)
            return;
        var recorded = Answer.Parse(hosts.Answer)!.Result!.AsObject();
        replay.Translate(RefOf(recorded, "xcp-sim"), pool.Db.Coordinator.Ref);
        replay.Translate(RefOf(recorded, "xcp-sim2"), Member.Ref);
        var running = pool.Db.Where("VM", "power_state", "Running").First(vm => !vm.Bool("is_control_domain"));
        var halted = pool.Db.Where("VM", "power_state", "Halted").First(vm => !vm.Bool("is_a_template"));
        replay.Translate(Reference().Matches(recordings.First(r => r.Name == "vm-start_on-wrong-host").Body)[1].Value, halted.Ref);
        replay.Translate(Reference().Match(recordings.First(r => r.Name == "host-evacuate-plan").Answer).Value, running.Ref);
    }

    private static string RefOf(JsonObject records, string name) => records.First(r => r.Value!["name_label"]!.GetValue<string>() == name).Key;

    [GeneratedRegex("OpaqueRef:[0-9a-f-]{36}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\d{20},\d{20}")]
    private static partial Regex TokenText();
}
