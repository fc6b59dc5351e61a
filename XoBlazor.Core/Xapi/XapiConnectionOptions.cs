namespace XoBlazor.Core.Xapi;

/// <summary>How a <see cref="XapiConnection"/> behaves. The values here suit a pool of any size.</summary>
public sealed record XapiConnectionOptions
{
    /// <summary>What sessions are labelled with in XAPI: its limit of sessions is counted by this label, so that we never compete with scripts.</summary>
    public string Originator { get; init; } = "XoBlazor";

    public XapiProtocol Protocol { get; init; } = XapiProtocol.Detect;

    /// <summary>How long TCP and TLS may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an ordinary call may take until its answer begins. XAPI can hold a synchronous call for hours: long work is started as a task instead.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the host may stay silent in the middle of an answer.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls towards the host at the same time, the event stream not counted.</summary>
    public int MaxConcurrentCalls { get; init; } = 8;

    /// <summary>The largest single record or value that is taken in, in bytes.</summary>
    public int MaxValueBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest answer of an ordinary call, which is held whole (streamed ones have no limit).</summary>
    public int MaxAnswerBytes { get; init; } = 64 * 1024 * 1024;
}
