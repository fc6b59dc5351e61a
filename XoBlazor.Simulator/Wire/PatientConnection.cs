using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using XoBlazor.Simulator.Consoles;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// A connection that a stream can have for itself, as a plain socket. Its answer is written past the web server, which would cut the body into chunks. And the end of the
/// client's side comes last: who announced more than it sends, and then closes, has all its bytes read and still gets its answer, where the server would throw both away.
/// </summary>
internal sealed class PatientConnection : PipeReader, IDuplexPipe
{
    private readonly IDuplexPipe _inner;
    private readonly SilencedWriter _output;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private ReadOnlySequence<byte> _buffer;
    private long _examined;
    private bool _isServing;
    private bool _isHeld;
    private bool _isOver;

    private PatientConnection(IDuplexPipe inner) => (_inner, _output) = (inner, new(inner.Output));

    public PipeReader Input => this;

    public PipeWriter Output => _output;

    /// <summary>What the client sends after the request's head, where the web server sees no body: the rest of the connection.</summary>
    public static PipeReader RestOf(HttpContext http) => Of(http);

    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var (transport, closed) = (connection.Transport, connection.ConnectionClosed);
        var patient = new PatientConnection(transport);
        (connection.Transport, connection.ConnectionClosed) = (patient, patient._closed.Token);
        connection.Items[typeof(PatientConnection)] = patient;
        try
        {
            await using var registration = closed.Register(patient.Close);
            await next(connection);
        }
        finally
        {
            (connection.Transport, connection.ConnectionClosed) = (transport, closed);
            patient._closed.Dispose();
        }
    }

    /// <summary>
    /// Answers a request. While it is answered, a client that closes is noticed at once; except that while something is uploaded the end of its side is met only where it is
    /// read, however early it comes.
    /// </summary>
    public static async Task AnswerAsync(HttpContext http, RequestDelegate answer)
    {
        var patient = Of(http);
        patient.Begin(holds: http.Request.Method == "PUT");
        try
        {
            await answer(http);
        }
        finally
        {
            patient.End();
        }
    }

    /// <summary>
    /// Gives the request's connection to a stream, which writes the whole answer, head and all; what the server says itself goes nowhere. For the last request of a connection.
    /// </summary>
    public static Stream Take(HttpContext http)
    {
        var patient = Of(http);
        // The server is to close the connection when the stream has ended.
        http.Response.Headers.Connection = "close";
        patient._output.Silence();
        return patient._inner.Output.AsStream(leaveOpen: true);
    }

    /// <summary>Gives the request's connection, in both directions, to somebody who goes on with another protocol. For the last request of a connection; one without a body.</summary>
    public static Stream TakeBoth(HttpContext http)
    {
        var output = Take(http);
        return new DuplexStream(Of(http).AsStream(leaveOpen: true), output);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Told(await _inner.Input.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        if (!_inner.Input.TryRead(out result)) return false;
        result = Told(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _examined = _buffer.Slice(consumed, examined).Length;
        _buffer = default;
        _inner.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _inner.Input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _inner.Input.CompleteAsync(exception);

    private static PatientConnection Of(HttpContext http) => (PatientConnection)http.Features.GetRequiredFeature<IConnectionItemsFeature>().Items[typeof(PatientConnection)]!;

    /// <summary>The end is told only when nothing is left that was not looked at.</summary>
    private ReadResult Told(ReadResult result)
    {
        _buffer = result.Buffer;
        return result.IsCompleted && result.Buffer.Length > _examined ? new(result.Buffer, result.IsCanceled, isCompleted: false) : result;
    }

    private void Begin(bool holds)
    {
        lock (_gate)
        {
            (_isServing, _isHeld) = (true, holds);
            if (holds || !_isOver) return;
        }

        _closed.Cancel();
    }

    private void End()
    {
        lock (_gate) (_isServing, _isHeld) = (false, false);
    }

    // Between requests the server meets the end where it reads it.
    private void Close()
    {
        lock (_gate)
        {
            _isOver = true;
            if (_isHeld || !_isServing) return;
        }

        _closed.Cancel();
    }
}
