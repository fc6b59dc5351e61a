using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// A connection whose end a host comes to last, as on a plain socket: a client that announced more than it sends, and then closes its side, has all its bytes read and
/// still gets its answer. The web server would throw away what it had not read, and the answer, too.
/// </summary>
internal sealed class PatientConnection : PipeReader, IDuplexPipe
{
    private readonly IDuplexPipe _inner;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private ReadOnlySequence<byte> _buffer;
    private long _examined;
    private bool _isHeld;

    private PatientConnection(IDuplexPipe inner) => _inner = inner;

    public PipeReader Input => this;

    public PipeWriter Output => _inner.Output;

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

    /// <summary>From now on the end of the client's side is met only where it is read. For the last request of a connection.</summary>
    public static void Hold(HttpContext http)
    {
        if (http.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(typeof(PatientConnection), out var found) != true || found is not PatientConnection patient) return;
        lock (patient._gate) patient._isHeld = true;
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

    /// <summary>The end is told only when nothing is left that was not looked at.</summary>
    private ReadResult Told(ReadResult result)
    {
        _buffer = result.Buffer;
        return result.IsCompleted && result.Buffer.Length > _examined ? new(result.Buffer, result.IsCanceled, isCompleted: false) : result;
    }

    private void Close()
    {
        lock (_gate)
        {
            if (_isHeld) return;
        }

        _closed.Cancel();
    }
}
