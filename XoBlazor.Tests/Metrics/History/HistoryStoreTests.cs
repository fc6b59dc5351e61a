using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Metrics.History;

/// <summary>What is written down stays, goes when it is old, and hurts nobody when the disk fails.</summary>
public sealed class HistoryStoreTests : IDisposable
{
    private static readonly HistoryKey s_vm = new(MetricsOwner.Vm, new("00000000-aaaa-4aaa-8aaa-000000000000", "00000000-bbbb-4aaa-8aaa-000000000000"));

    // A window begins here, and one of hours too.
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_795_392_000 / (96 * 3600) * (96 * 3600));

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(s_start);
    private readonly HistoryOptions _options;
    private HistoryStore _store;

    public HistoryStoreTests()
    {
        _options = new() { Folder = _folder.File("metrics") };
        _store = new(_options, _clock);
        _store.Open();
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Values_OutliveARestart_BeforeAndAfterTheyArePacked()
    {
        Put(s_vm, 30, at => at);
        _store.Flush();
        Reopen();
        Assert.Equal(30, Known(s_vm, 0, 30).Count);
        Assert.Equal(29, HistoryGrid.Fine.PlaceOf(_store.LastSlot(s_vm)!.Value));

        Put(s_vm, 72, at => at, from: 30);
        _clock.Advance(TimeSpan.FromHours(7));
        _store.Pack();
        Reopen();

        Assert.Null(_store.LastSlot(s_vm));
        Assert.Equal(Enumerable.Range(0, 72).Select(at => (float)at), Known(s_vm, 0, 72), (one, other) => Math.Abs(one - other) < 0.3);
    }

    [Fact]
    public void Hours_AreTheMeansOfWhatIsPacked_AndOfWhatIsNot()
    {
        Put(s_vm, 90, at => at / 12);
        var before = Hours();
        _clock.Advance(TimeSpan.FromHours(7));
        _store.Pack();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], before);
        Assert.Equal(before, Hours());

        List<float> Hours() => [.. _store.Read(s_vm, s_start.ToUnixTimeSeconds(), s_start.ToUnixTimeSeconds() + (8 * 3600), isHourly: true).Series["diskRead"]];
    }

    [Fact]
    public void What_ComesLate_IsPutIntoWhatIsPacked()
    {
        Put(s_vm, 10, at => 5);
        _clock.Advance(TimeSpan.FromHours(7));
        _store.Pack();
        Put(s_vm, 12, at => 7, from: 10);
        _store.Pack();
        _store.Pack();
        Reopen();

        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7, 7], Known(s_vm, 0, 12));
        Assert.Equal(5 + (2 / 6f), _store.Read(s_vm, s_start.ToUnixTimeSeconds(), s_start.ToUnixTimeSeconds() + 3600, isHourly: true).Series["diskRead"][0], 0.02f);
    }

    [Fact]
    public void Objects_ArePoolsAndKinds_Apart()
    {
        var other = s_vm with { Object = new("10000000-aaaa-4aaa-8aaa-000000000000", s_vm.Object.Uuid) };
        Put(s_vm, 3, _ => 5);
        Put(other, 3, _ => 6);
        _store.Flush();
        Reopen();

        Assert.Equal([5, 5, 5], Known(s_vm, 0, 3));
        Assert.Equal([6, 6, 6], Known(other, 0, 3));
        Assert.Empty(Known(s_vm with { Owner = MetricsOwner.Host }, 0, 3));
    }

    [Fact]
    public void What_IsOld_Goes_TheFineBeforeTheHours()
    {
        for (var window = 0; window < 12; window++)
        {
            Put(s_vm, (window + 1) * 72, _ => 5, from: window * 72);
            _clock.Advance(TimeSpan.FromHours(6));
            _store.Pack();
        }

        (_options.FineAge, _options.HourlyAge) = (TimeSpan.FromDays(1), TimeSpan.FromDays(20));
        while (_store.Trim())
        {
        }

        var fine = _store.Read(s_vm, s_start.ToUnixTimeSeconds(), Now, isHourly: false).Series["diskRead"];
        Assert.All(fine.Take(288), value => Assert.True(float.IsNaN(value)));
        Assert.All(fine.Skip(600), value => Assert.Equal(5, value));
        Assert.DoesNotContain(_store.Read(s_vm, s_start.ToUnixTimeSeconds(), Now, isHourly: true).Series["diskRead"].SkipLast(1), float.IsNaN);
    }

    [Fact]
    public void TooLarge_TheOldestGoes()
    {
        for (var window = 0; window < 12; window++)
        {
            Put(s_vm, (window + 1) * 72, at => at * 1000, from: window * 72);
            _clock.Advance(TimeSpan.FromHours(6));
            _store.Pack();
        }

        _options.MostBytes = 1;
        while (_store.Trim())
        {
        }

        Assert.True(float.IsNaN(_store.Read(s_vm, s_start.ToUnixTimeSeconds(), Now, isHourly: false).Series["diskRead"][0]));
    }

    [Fact]
    public void File_ThatIsDamaged_IsSetAside_AndANewOneBegun()
    {
        Put(s_vm, 3, _ => 5);
        _store.Flush();
        _store.Dispose();
        File.WriteAllBytes(Path.Combine(_options.Folder, "metrics.db"), [.. Enumerable.Repeat((byte)7, 20_000)]);
        _store = new(_options, _clock);

        var notice = _store.Open();

        Assert.Contains("set aside", notice, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_options.Folder, "damaged-*.db"));
        Put(s_vm, 3, _ => 6);
        _store.Flush();
        Assert.Equal([6, 6, 6], Known(s_vm, 0, 3));
    }

    [Fact]
    public async Task Disk_ThatIsFull_IsSaid_AndWhatCameMeanwhileIsWrittenLater()
    {
        var mount = _folder.File("small");
        Directory.CreateDirectory(mount);
        if (!Environment.IsPrivilegedProcess || await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount) != 0)
            Assert.Skip("A small file system cannot be mounted here; that needs root.");
        try
        {
            using var store = new HistoryStore(new() { Folder = Path.Combine(mount, "metrics") }, _clock);
            store.Open();
            var filler = Path.Combine(mount, "filler");
            Fill(filler);
            for (var vm = 0; vm < 3000; vm++)
                store.Add(Vm(vm), HistoryGrid.Fine.SlotOf(Now), [0.5f, 1e9f, 1e8f, vm, vm, vm, vm]);

            var failed = Assert.Throws<HistoryException>(store.Flush);
            Assert.Contains("full", failed.Message, StringComparison.Ordinal);
            Assert.Equal(3000, store.Measure().Waiting);
            Assert.Equal(17, store.Read(Vm(17), Now, Now + 300, isHourly: false).Series["diskRead"][0], 0.1f);
            File.Delete(filler);
            store.Flush();

            Assert.Equal(0, store.Measure().Waiting);
        }
        finally
        {
            await RunAsync("umount", mount);
        }

        static HistoryKey Vm(int number) => s_vm with { Object = s_vm.Object with { Uuid = $"00000000-bbbb-4aaa-8aaa-{number:000000000000}" } };
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = new(_options, _clock);
        Assert.Null(_store.Open());
    }

    private void Put(HistoryKey key, int until, Func<int, float> value, int from = 0)
    {
        for (var at = from; at < until; at++)
            _store.Add(key, HistoryGrid.Fine.SlotOf(s_start.ToUnixTimeSeconds()) + at, [0.5f, 1 << 30, float.NaN, value(at), 0, 0, 0]);
    }

    private List<float> Known(HistoryKey key, int from, int until) =>
        [.. _store.Read(key, s_start.ToUnixTimeSeconds() + (from * 300), s_start.ToUnixTimeSeconds() + (until * 300), isHourly: false).Series["diskRead"].Where(value => !float.IsNaN(value))];

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
