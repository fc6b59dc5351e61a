using System.Text.RegularExpressions;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Events;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>
/// What the recording script did without recording it, told from what its recorded calls then said: tokens it had taken, a change it
/// had made, a session it had opened, a task it had waited for.
/// </summary>
internal sealed partial class Beside(PoolSimulator pool, IReadOnlyList<Recording> recordings)
{
    /// <summary>Before the first, the script took the token that the second uses.</summary>
    private static readonly Dictionary<string, string> s_tokens = new()
    {
        ["vm-clone"] = "event-from-after-clone",
        ["vdi-destroy"] = "event-from-after-destroy",
        ["event-from-one-object-mod"] = "event-from-int-timeout",
        ["async-vm-start"] = "event-from-task-1",
    };

    public async Task HappenAsync(Recording recording, Replay replay, CancellationToken cancellation)
    {
        if (s_tokens.TryGetValue(recording.Name, out var user) && TokenText().Match(recordings.First(r => r.Name == user).Body) is { Success: true } token)
            replay.Translate(token.Value, new Token(pool.Db.Generation, pool.Messages.LastNumber).ToString());
        switch (recording.Name)
        {
            case "vdi-destroy" when replay.Own(LastRef(recording)) == LastRef(recording):
                var clone = pool.Db.Where("VM", "name_label", "clone-of-vm-1")[0];
                replay.Translate(LastRef(recording), clone.FollowAll("VBDs", "VBD").Select(vbd => vbd.Follow("VDI", "VDI")).First(vdi => vdi is not null)!.Ref);
                break;
            case "event-from-one-object-mod" or "event-next":
                pool.Db.Where("VM", "name_label", "vm-1")[0].AddToMap("other_config", recording.Name, "changed");
                break;
            case "task-record-done" or "task-record-failed" or "task-record-clone-result":
                await FinishedAsync(replay.Own(LastRef(recording)), cancellation);
                break;
            case "session-logout-2":
                replay.Translate(LastRef(recording), pool.Sessions.LogIn("root", "xenroot", "second"));
                break;
        }
    }

    private async Task FinishedAsync(string task, CancellationToken cancellation)
    {
        while (true)
        {
            var change = pool.Db.NextChange;
            if (!pool.Db.Exists("task", task) || pool.Db.Get("task", task).Text("status") != "pending")
                return;
            await change.WaitAsync(cancellation);
        }
    }

    private static string LastRef(Recording recording) => Reference().Matches(recording.Body)[^1].Value;

    [GeneratedRegex(@"\d{20},\d{20}")]
    private static partial Regex TokenText();

    [GeneratedRegex("OpaqueRef:[0-9a-f-]{36}")]
    private static partial Regex Reference();
}
