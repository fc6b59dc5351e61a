using System.Net;
using XoBlazor.App.Cli.Client;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Pools;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.App.Support.TransferBench;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Files out of a pool and into it from a shell.</summary>
public sealed class TransferCommandTests : IAsyncLifetime
{
    private readonly CliHome _home = new();
    private readonly TempFolder _folder = new();
    private TransferBench _bench = null!;

    private CancellationToken Token => _bench.Token;

    public async ValueTask InitializeAsync()
    {
        _bench = await TransferBench.StartAsync(onAPort: true);
        await _home.SignInAsync(_bench.Server);
    }

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Vm_ExportedAndImported_IsTheSame()
    {
        var content = Bytes(4 * MiB, 21);
        var vm = await _bench.HaltedVmAsync("data", content);
        var file = _folder.File("web.xva");

        var export = await _home.TypeAsync([], "vm", "export", vm.Uuid, "-o", file, "--compression", "gzip");
        var import = await _home.RunAsync("vm", "import", file, "--sr", _bench.Storage.Uuid, "--name", "came back");

        Assert.True(export.Code == 0, export.All);
        Assert.Equal(file + "\n", export.Out);
        Assert.Contains($"Exporting {vm.NameLabel}", export.Error, StringComparison.Ordinal);
        Assert.True(import.Code == 0, import.All);
        var made = _bench.Picture.GetByUuid<Vm>(import.Out.TrimEnd('\n'))!;
        await _bench.Server.WaitAsync(() => _bench.Picture.GetByUuid<Vm>(made.Uuid)!.NameLabel == "came back");
        Assert.Equal(content, await _bench.ContentAsync(made, "data"));
        Assert.Equal([file], Directory.GetFiles(_folder.Path, "web*"));
    }

    [Fact]
    public async Task Disk_ThroughPipes_IsTheSame()
    {
        var content = Bytes(2 * MiB, 22);
        var disk = await _bench.FillAsync("piped", content);
        using var output = new MemoryStream();
        _home.OpenOut = () => new Kept(output);
        _home.OpenIn = () => new MemoryStream(output.ToArray());

        var export = await _home.RunAsync("vdi", "export", disk.Uuid, "-o", "-", "--format", "vhd");
        var import = await _home.RunAsync("sr", "import-disk", _bench.Storage.Uuid, "-", "--name", "from a pipe", "--format", "vhd", "--length", $"{output.Length}");
        var raw = await _home.RunAsync("sr", "import-disk", _bench.Storage.Uuid, "-", "--name", "without a length", "--format", "raw");

        Assert.Equal((0, "", ""), (export.Code, export.Out, export.Error));
        Assert.True(import.Code == 0, import.All);
        Assert.Equal(content, await _bench.ContentAsync(import.Out.TrimEnd('\n')));
        Assert.Equal(1, raw.Code);
        Assert.Contains("Content-Length", raw.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TakesNameAndFormatFromTheFile_AndOverwritesOnlyWhenAsked()
    {
        var (content, iso) = (Bytes(2 * MiB, 23), Iso(2 * MiB, 24));
        await File.WriteAllBytesAsync(_folder.File("data.img"), content, Token);
        await File.WriteAllBytesAsync(_folder.File("rescue.iso"), iso, Token);

        var made = await _home.RunAsync("sr", "import-disk", _bench.Storage.Uuid, _folder.File("data.img"));
        var disc = await _home.RunAsync("sr", "import-iso", "ISO library", _folder.File("rescue.iso"));
        var id = made.Out.TrimEnd('\n');
        await File.WriteAllBytesAsync(_folder.File("data.img"), Bytes(2 * MiB, 25), Token);
        var unasked = await _home.RunAsync("vdi", "import", id, _folder.File("data.img"));
        var before = await _bench.ContentAsync(id);
        var sure = await _home.RunAsync("vdi", "import", id, _folder.File("data.img"), "--yes");

        Assert.True((made.Code, disc.Code) == (0, 0), made.All + disc.All);
        Assert.Equal(("data", "rescue"), (_bench.Picture.GetByUuid<Vdi>(id)!.NameLabel, _bench.Picture.GetByUuid<Vdi>(disc.Out.TrimEnd('\n'))!.NameLabel));
        Assert.Equal(2, unasked.Code);
        Assert.Equal(content, before);
        Assert.True(sure.Code == 0, sure.All);
        Assert.Equal(Bytes(2 * MiB, 25), await _bench.ContentAsync(id));
    }

    [Fact]
    public async Task Import_WhoseConnectionIsReset_GoesOnWhereItWas()
    {
        var content = Bytes(8 * MiB, 28);
        await File.WriteAllBytesAsync(_folder.File("large.img"), content, Token);
        await using var line = new PortForward(new(IPAddress.Loopback, 0), new(IPAddress.Loopback, _bench.Server.Address!.Port), cutAfter: 3 * MiB);
        using var home = new CliHome();
        var login = await home.PipeAsync(TestServer.Password + "\n", "login", "--url", $"http://127.0.0.1:{line.Port}", "--user", TestServer.Admin, "--password-stdin");
        Assert.True(login.Code == 0, login.All);

        var import = await home.RunAsync("sr", "import-disk", _bench.Storage.Uuid, _folder.File("large.img"));

        Assert.True(import.Code == 0, import.All);
        Assert.True(line.HasCut);
        Assert.Equal(content, await _bench.ContentAsync(import.Out.TrimEnd('\n')));
        Assert.Single(_bench.Server.Audit("sr.import_disk"), act => act.Outcome == AuditOutcome.Succeeded);
    }

    [Theory]
    [InlineData(FaultKind.StreamCut)]
    [InlineData(FaultKind.StreamFailure)]
    public async Task Export_ThatBreaks_LeavesNoFile(FaultKind kind)
    {
        var disk = await _bench.FillAsync("broken", Bytes(4 * MiB, 26));
        _bench.Pool.Misbehave(new Fault(kind) { Method = "GET /export_raw_vdi", Bytes = MiB, Times = 1 });

        var end = await _home.RunAsync("vdi", "export", disk.Uuid, "-o", _folder.File("broken.raw"));

        Assert.True(end.Code is ExitCode.Failed or ExitCode.Unknown, end.All);
        Assert.NotEmpty(end.Error);
        Assert.Empty(Directory.GetFiles(_folder.Path, "broken*"));
    }

    [Fact]
    public async Task Export_WithAWrongChecksum_LeavesNoFile_AndNamesTheDisk()
    {
        var vm = await _bench.HaltedVmAsync("data", Bytes(4 * MiB, 29));
        var disks = _bench.Picture.DisksOf(vm).Select(disk => disk.Vdi?.NameLabel).OfType<string>().ToList();
        _bench.Pool.Misbehave(new Fault(FaultKind.StreamChecksum) { Method = "GET /export", Bytes = MiB });

        var end = await _home.RunAsync("vm", "export", vm.Uuid, "-o", _folder.File("spoilt.xva"), "--compression", "zstd");

        Assert.True(end.Code == ExitCode.Failed, end.All);
        Assert.Contains("is not what its checksum says", end.Error, StringComparison.Ordinal);
        Assert.Contains(disks, disk => end.Error.Contains($"the disk {disk}", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path, "spoilt*"));
    }

    [Fact]
    public async Task WhatCannotBe_IsSaidBeforeAnythingIsAsked()
    {
        var disk = await _bench.FillAsync("there", Bytes(2 * MiB, 27));
        await File.WriteAllTextAsync(_folder.File("there.raw"), "mine", Token);

        var there = await _home.RunAsync("vdi", "export", disk.Uuid, "-o", _folder.File("there.raw"));
        var kept = await File.ReadAllTextAsync(_folder.File("there.raw"), Token);
        var forced = await _home.RunAsync("vdi", "export", disk.Uuid, "-o", _folder.File("there.raw"), "--force", "--format", "raw");
        var missing = await _home.RunAsync("vm", "import", _folder.File("none.xva"), "--sr", _bench.Storage.Uuid);
        var nowhere = await _home.RunAsync("vm", "import", _folder.File("there.raw"), "--sr", "nowhere");

        Assert.Equal((2, "mine", 0, 2, 3), (there.Code, kept, forced.Code, missing.Code, nowhere.Code));
        Assert.Equal(Bytes(2 * MiB, 27), await File.ReadAllBytesAsync(_folder.File("there.raw"), Token));
    }

    /// <summary>What is written stays when the command closes it.</summary>
    private sealed class Kept(MemoryStream inner) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);
    }
}
