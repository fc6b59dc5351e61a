namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Joins the three ways a call can be ended, so that it can be told afterwards which it was.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _any;

    public Deadline(TimeSpan patience, TimeProvider time, CancellationToken caller, CancellationToken closing)
    {
        Patience = patience;
        _timer = new(patience, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(caller, closing, _timer.Token);
    }

    public CancellationToken Token => _any.Token;

    public bool HasPassed => _timer.IsCancellationRequested;

    /// <summary>How long was waited at last.</summary>
    public TimeSpan Patience { get; private set; }

    /// <summary>Starts the clock anew.</summary>
    public void Extend(TimeSpan patience)
    {
        Patience = patience;
        _timer.CancelAfter(patience);
    }

    public void Dispose()
    {
        _any.Dispose();
        _timer.Dispose();
    }
}
