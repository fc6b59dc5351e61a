using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;
using XoBlazor.Tests.Operations.Simulated;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>An update that an administrator sends in the place of a download.</summary>
public sealed class UpdateFileTests : OldPoolTests
{
    private const string Name = "XS82E001";

    [Theory]
    [InlineData(OldPool.UpTo70, true)]
    [InlineData(OldPool.UpTo70, false)]
    [InlineData(OldPool.UpTo82, true)]
    [InlineData(OldPool.UpTo82, false)]
    public async Task Install_OfAZipOrOfWhatIsInIt_IsOnEveryHost(string make, bool isZip)
    {
        await StartAsync(make);
        var update = new MadeUpdate(Name) { Padding = 200_000 };
        var sent = isZip ? Pool.ZipOf(update) : Pool.FileOf(update).Content;

        var result = await SendAsync(sent);
        var again = await SendAsync(sent);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal((OperationEnd.Succeeded, $"Done. All hosts had {Name} already."), (again.End, again.Message));
        Assert.All(Pool.Hosts, host => Assert.Equal([Name], Pool.InstalledOn(host)));
        Assert.Empty(Pool.Left());
        Assert.DoesNotContain(Pool.Server.Requests, request => request.EndsWith(".zip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Install_OfAnIsoWithoutALength_WantsOne_AndAZipNeedsNone()
    {
        await StartAsync(OldPool.UpTo82);
        var update = new MadeUpdate(Name);

        var disc = await SendAsync(update.Disc, isLengthKnown: false);
        var zip = await SendAsync(Pool.ZipOf(update), isLengthKnown: false);

        Assert.Contains("The length of the .iso has to be announced", disc.Message, StringComparison.Ordinal);
        Assert.Equal(OperationEnd.Succeeded, zip.End);
    }

    [Theory]
    [InlineData(OldPool.UpTo70)]
    [InlineData(OldPool.UpTo82)]
    public async Task Install_OfSomethingElse_IsRefusedAndLeavesNothing(string make)
    {
        await StartAsync(make);

        var noise = await SendAsync(new byte[200_000]);
        var lying = await SendAsync(new RawZip().Add(new(Pool.FileOf(new(Name)).Name, new byte[50_000]) { ToldCrc = 3, ListedCrc = 3 }).End());

        Assert.Equal((OperationEnd.Failed, OperationEnd.Failed), (noise.End, lying.End));
        Assert.Contains(make == OldPool.UpTo70 ? "What was sent is no update that" : "neither a zip nor an ISO image", noise.Message, StringComparison.Ordinal);
        Assert.Contains("does not have the checksum", lying.Message, StringComparison.Ordinal);
        Assert.Empty(Pool.Left());
    }

    [Fact]
    public async Task Install_WhoseSenderGoes_LeavesNothing()
    {
        await StartAsync(OldPool.UpTo82);
        var update = new MadeUpdate(Name) { Padding = 500_000 };
        var zip = new RawZip().Add(new($"{Name}.iso", update.Disc) { Method = 0 }).End();
        using var gone = new CancellationTokenSource();
        var pipe = new System.IO.Pipelines.Pipe();
        var run = await Pool.Operated.BeginAsync("pool.install_update_file", Pool.Pool, end: new TransferSource(pipe.Reader.AsStream(), zip.Length, gone.Token));
        await pipe.Writer.WriteAsync(zip.AsMemory(0, 60_000), Token);
        while (run.Bytes is not > 50_000)
            await Task.Delay(10, Token);

        await gone.CancelAsync();
        var result = await run.Completion.WaitAsync(Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.StartsWith("Whoever sent it stopped after ", result.Message, StringComparison.Ordinal);
        Assert.Empty(Pool.Left());
    }

    [Fact]
    public async Task Install_ThatAHostWillNotHave_SaysWhy()
    {
        await StartAsync(OldPool.UpTo82);

        var result = await SendAsync(Pool.ZipOf(new(Name) { RequiredVersion = "7.1.0" }));

        Assert.Contains($"{Name} is for hosts of version 7.1.0", result.Message, StringComparison.Ordinal);
        Assert.Empty(Pool.Left());
    }

    [Fact]
    public async Task Install_OnHostsThatFetchTheirUpdates_IsNotOffered()
    {
        await using var pool = await OperatedPool.StartAsync(Token);

        await Assert.ThrowsAsync<OperationRefusedException>(() => pool.BeginAsync("pool.install_update_file", pool.Picture.Pool!, end: new TransferSource(new MemoryStream([1]), 1, CancellationToken.None)));
    }

    private async Task<OperationResult> SendAsync(byte[] bytes, bool isLengthKnown = true)
    {
        var run = await Pool.Operated.BeginAsync("pool.install_update_file", Pool.Pool, end: new TransferSource(new MemoryStream(bytes), isLengthKnown ? bytes.Length : null, CancellationToken.None));
        return await run.Completion.WaitAsync(Token);
    }
}
