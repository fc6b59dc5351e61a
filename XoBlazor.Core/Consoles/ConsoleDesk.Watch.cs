using XoBlazor.Core.Access;

namespace XoBlazor.Core.Consoles;

public sealed partial class ConsoleDesk
{
    // What happens together is looked at together.
    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_idleCheck = TimeSpan.FromSeconds(5);

    /// <summary>Looks after every change of what is granted and of the store whether those who look still may, and where their consoles are. Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var granted = new SemaphoreSlim(0, 1);
        access.Changed += Note;
        using var changes = store.Subscribe(1);
        try
        {
            Task change = changes.NextAsync(cancellation).AsTask(), grant = granted.WaitAsync(cancellation);
            while (!cancellation.IsCancellationRequested)
            {
                await Task.WhenAny(change, grant, Task.Delay(s_idleCheck, time, cancellation));
                await Task.Delay(s_together, time, cancellation);
                // Begun anew before it is looked: what comes meanwhile is looked at afterwards.
                if (change.IsCompleted)
                    change = changes.NextAsync(cancellation).AsTask();
                if (grant.IsCompleted)
                    grant = granted.WaitAsync(cancellation);
                Look();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            access.Changed -= Note;
        }

        void Note(PolicyChange policy)
        {
            if (granted.CurrentCount == 0)
                granted.Release();
        }
    }

    /// <summary>Sends everybody away, because the server stops; browsers come back by themselves. Returns when they are gone, or a few seconds later.</summary>
    public async Task SendAwayAsync(CancellationToken cancellation)
    {
        ConsoleSeat[] seats;
        lock (_gate)
            seats = [.. _seats];
        foreach (var seat in seats)
            seat.Restart();
        await Task.WhenAll(seats.Select(CloseAsync)).WaitAsync(s_idleCheck, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Look()
    {
        ConsoleSeat[] seats;
        ConsoleSession[] sessions;
        lock (_gate)
            (seats, sessions) = ([.. _seats], [.. _sessions.Values.Select(running => running.Session)]);
        foreach (var seat in seats)
        {
            var verdict = ConsoleVerdict.Of(access, _places, seat.Requester.Actor, seat.Session.Vm);
            seat.Allow(verdict.Leave);
            if (verdict.Refusal is { } refusal)
                SendAway(seat, refusal.Code, refusal.Message);
            else if (_options.Idle is { } idle && seat.Untouched > idle)
                SendAway(seat, "idle", $"Nobody used this console for {idle.TotalMinutes:0.#} minutes, so it was closed. Open it again to go on.");
        }

        foreach (var session in sessions)
            session.LookAgain();
    }

    private void SendAway(ConsoleSeat seat, string code, string text)
    {
        seat.End(code, text);
        // One that waits for its browser waits no longer.
        if (seat.IsEmpty)
            _ = CloseAsync(seat);
    }
}
