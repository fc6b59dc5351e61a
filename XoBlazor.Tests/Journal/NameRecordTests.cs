using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Journal;

/// <summary>What the journal knows of names without reading its entries.</summary>
public sealed class NameRecordTests
{
    private static readonly DateTimeOffset s_start = JournalHome.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_OfAPool_AreAllThatWereGivenEachOnceTheLastGivenUpFirst()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(
            pool.Put(s_start, Vm("a", "first"), new Host { Ref = "OpaqueRef:h", Uuid = "h", NameLabel = "box", Hostname = "box", Address = "192.0.2.1" }),
            pool.Put(s_start.AddSeconds(1), Vm("a", "second")),
            pool.Put(s_start.AddSeconds(2), Vm("a", "first") with { NameDescription = "again" }),
            pool.Put(s_start.AddSeconds(3), Vm("a", "third"), new XapiTask { Ref = "OpaqueRef:t", Uuid = "t", NameLabel = "no name" }),
            pool.Put(s_start.AddSeconds(4), Vm("b", "other \"quoted\" ü")),
            pool.Remove(s_start.AddSeconds(5), Vm("b", "other \"quoted\" ü")));

        var names = await NamesAsync(home);

        Assert.Equal([("a", "third"), ("h", "192.0.2.1"), ("h", "box")], names.Where(one => one.IsBorne).Select(one => (one.Uuid, one.Name)).Order());
        Assert.Equal([("b", "other \"quoted\" ü"), ("a", "first"), ("a", "second")], names.Where(one => !one.IsBorne).Select(one => (one.Uuid, one.Name)));
        Assert.Equal(["pool"], await home.Reader.PoolsAsync(Token));
        await home.Reader.NamesAsync("another", _ => Assert.Fail("There is no such pool."), Token);
    }

    [Fact]
    public async Task Names_GivenUpBeforeWhatIsKept_AreForgotten()
    {
        await using var home = new JournalHome(new PartitionLimits(8, long.MaxValue, long.MaxValue), o => o.RetentionAge = TimeSpan.FromMinutes(10));
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Vm("a", "first"), Vm("gone", "went")), pool.Put(s_start.AddSeconds(1), Vm("a", "second")), pool.Remove(s_start.AddSeconds(2), Vm("gone", "went")));
        for (var i = 0; i < 40; i++)
        {
            home.Clock.Advance(TimeSpan.FromMinutes(1));
            await home.WriteAsync(pool.Put(home.Clock.GetUtcNow(), Vm("a", "second") with { NameDescription = $"turn {i}" }));
        }

        Assert.True((await home.Storage.MeasureAsync(Token)).Oldest > s_start.AddMinutes(1), "Nothing was trimmed.");
        Assert.Equal([new("a", "second", IsBorne: true)], await NamesAsync(home));
    }

    [Fact]
    public async Task Names_OfADamagedJournal_AreReadFromItsEntries()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Vm("a", "first"), Vm("gone", "went")), pool.Put(s_start.AddSeconds(1), Vm("a", "second")), pool.Remove(s_start.AddSeconds(2), Vm("gone", "went")));
        var names = await NamesAsync(home);
        await home.Storage.DisposeAsync();
        using (var file = new SqliteDatabase(Path.Combine(home.Folder, "journal.db"), isReadOnly: false))
            file.Execute("DELETE FROM called");
        using var target = new SqliteDatabase(Path.Combine(home.Folder, "saved.db"), isReadOnly: false);
        SqliteSchema.Create(target);

        new Salvage(Path.Combine(home.Folder, "journal.db"), target).Run(Token);

        var saved = new List<CalledName>();
        NameRecord.Read(target, target.Scalar("SELECT id FROM pools"), saved.Add, Token);
        Assert.Equal(3, names.Count);
        Assert.Equal(names, saved);
    }

    private static async Task<List<CalledName>> NamesAsync(JournalHome home)
    {
        var names = new List<CalledName>();
        await home.Reader.NamesAsync("pool", names.Add, Token);
        return names;
    }

    private static Vm Vm(string uuid, string name) => new() { Ref = $"OpaqueRef:{uuid}", Uuid = uuid, NameLabel = name };
}
