using System.Net.WebSockets;
using System.Text;
using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>One socket at a console. What it may is set from outside, at any time.</summary>
internal class ConsoleViewer(WebSocket socket, string name, bool hasControl, ConsoleLeave leave, TimeSpan stalled, TimeProvider time) : IDisposable
{
    private const int LongestReason = 120;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private long _touched = time.GetTimestamp();
    private volatile ConsoleLeave _leave = leave;

    /// <summary>Who looks, as shown to the others.</summary>
    public string Name => name;

    /// <summary>It understands text messages; a program that speaks nothing but the console's own protocol does not.</summary>
    public bool HasControl => hasControl;

    public ViewerInput Input { get; } = new(socket);

    public ViewerOutput Output { get; } = new(socket, stalled, time);

    /// <summary>It has seen something of the console.</summary>
    public bool HasBegun { get; set; }

    /// <summary>It was sent away, and only what waits still goes out.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why it was sent away, for whoever thinks of letting it come back; null while it was not.</summary>
    public string? EndCode { get; private set; }

    /// <summary>It is heard in what it types.</summary>
    public bool MayType => _leave.HasFlag(ConsoleLeave.Type);

    /// <summary>It gets what the guest copies; and gives what it pastes, if it may type.</summary>
    public bool MayExchange => _leave.HasFlag(ConsoleLeave.Clipboard);

    public ConsoleLeave Leave
    {
        get => _leave;
        set
        {
            if (_leave == value)
                return;
            _leave = value;
            Tell(ConsoleControl.Rights(value));
        }
    }

    /// <summary>How long nobody has typed or pointed here.</summary>
    public TimeSpan Untouched => time.GetElapsedTime(Volatile.Read(ref _touched));

    public void Touch() => Volatile.Write(ref _touched, time.GetTimestamp());

    public void Tell(byte[] message)
    {
        if (hasControl)
            Output.Tell(message);
    }

    /// <summary>Says why it ends, and ends it.</summary>
    public void End(string code, string text)
    {
        EndCode ??= code;
        IsOver = true;
        Tell(ConsoleControl.End(code, text));
        Output.Finish(WebSocketCloseStatus.PolicyViolation, text.Length <= LongestReason && Encoding.UTF8.GetByteCount(text) <= LongestReason ? text : code);
    }

    /// <summary>Closes the socket in a state from which it can only begin anew; whoever has a token comes back with it.</summary>
    public void Restart()
    {
        IsOver = true;
        Output.Finish((WebSocketCloseStatus)1012, "The console begins anew; come back.");
    }

    public void Dispose() => Input.Dispose();

    /// <summary>Sends and serves until either is over.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> serve, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = SendAsync(served.Task, both);
        try
        {
            await serve(both.Token);
            Output.Finish(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            Output.Finish(WebSocketCloseStatus.EndpointUnavailable, "");
        }
        catch (RfbException wrong)
        {
            End("protocol", $"This console is closed: {wrong.Message}.");
        }
        finally
        {
            // What was said last still goes out, for as long as the socket takes it.
            served.TrySetResult();
            await sending;
        }
    }

    private async Task SendAsync(Task served, CancellationTokenSource both)
    {
        await Output.RunAsync(both.Token);
        // Whoever was sent away says goodbye, too; cutting the line at once would take the reason from them.
        await Task.WhenAny(served, Task.Delay(s_farewell, time, both.Token));
        await both.CancelAsync();
    }
}
