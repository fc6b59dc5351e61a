using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Api.Transfers;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.Tests.App.Api.Transfers;

/// <summary>How long whoever sends may stay away.</summary>
public sealed class UploadTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private TransferSource? _source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_WhoStaysAwayForTwoMinutes_IsGivenUp_AndEachReturnBeginsThemAnew()
    {
        var upload = Begin(length: 300);

        Assert.Null(await upload.ReceiveAsync(new MemoryStream(new byte[100]), 0, Token));
        _time.Advance(Upload.Grace - s_second);
        Assert.Null(await upload.ReceiveAsync(new MemoryStream(new byte[100]), 100, Token));
        _time.Advance(Upload.Grace - s_second);
        Assert.False(_source!.Gone.IsCancellationRequested);
        _time.Advance(s_second);

        Assert.Equal(TimeSpan.FromMinutes(2), Upload.Grace);
        Assert.True(_source.Gone.IsCancellationRequested);
    }

    [Fact]
    public async Task Sender_WhoLosesTheConnection_IsWaitedForAsLong()
    {
        var upload = Begin(length: 300);

        await Assert.ThrowsAsync<IOException>(() => upload.ReceiveAsync(new LostStream(), 0, Token));
        _time.Advance(Upload.Grace - s_second);
        Assert.False(_source!.Gone.IsCancellationRequested);
        _time.Advance(s_second);

        Assert.True(_source.Gone.IsCancellationRequested);
    }

    private Upload Begin(long length)
    {
        var requester = new Requester(new("1", "ada"), "console");
        var operation = DiskTransfers.ImportNew;
        var record = new AuditRecord { Category = AuditCategory.Operation, Action = operation.Name, Actor = new("1", "ada"), Outcome = AuditOutcome.Begun };
        var run = new OperationRun(operation, new ObjectKey("pool", "sr"), "SAN", requester, new(1, "", record));
        var offer = new TransferOffer(new(requester, _ => Task.FromResult(true), _ => true), operation, run.Target, null, length);
        return new(offer, source =>
        {
            _source = source;
            return Task.FromResult(run);
        }, (_, _) => Task.FromResult(true), _time);
    }

    /// <summary>A body whose connection breaks.</summary>
    private sealed class LostStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the connection was lost");
    }
}
