using System.ComponentModel.DataAnnotations;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Tests.Journal;

/// <summary>Noise is recorded seldom, marked as such, and never holds anything else back.</summary>
public sealed class JournalThinningTests
{
    private static readonly DateTimeOffset s_start = JournalHome.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnlyNoiseChanges_RecordedOnceInItsTime_SaysHowManyWereLeftOut()
    {
        await using var home = NewHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Metrics(0)));

        for (var second = 5; second <= 320; second += 5)
        {
            home.Clock.SetUtcNow(s_start.AddSeconds(second));
            await home.WriteAsync(pool.Put(s_start.AddSeconds(second), Metrics(second)));
        }

        var entries = (await home.Reader.ObjectTimelineAsync(new("pool", "metrics"), null, 100, Token)).Entries;
        Assert.Equal([EntryKind.Modified, EntryKind.Added], entries.Select(e => e.Kind));
        Assert.Equal(s_start.AddMinutes(5), entries[0].Time);
        Assert.Equal(59, entries[0].Omitted);
        Assert.Equal(("0", "300"), entries[0].Fields.Where(f => f.Field == "memory_actual").Select(f => (f.Old, f.New)).Single());
        Assert.Equal(63, home.Recorder.State.Omitted);
    }

    [Fact]
    public async Task NoiseStops_AtTheEndOfItsTime_LastValueIsRecorded()
    {
        await using var home = NewHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Metrics(0)), pool.Put(s_start.AddSeconds(1), Metrics(1)), pool.Put(s_start.AddSeconds(2), Metrics(2)));

        home.Clock.Advance(TimeSpan.FromMinutes(5));
        await home.WriteAsync();

        var last = (await home.Reader.ObjectTimelineAsync(new("pool", "metrics"), null, 1, Token)).Entries[0];
        Assert.Equal((1, "2"), (last.Omitted, last.Fields.Single(f => f.Field == "memory_actual").New));
    }

    [Fact]
    public async Task SomethingElseChanges_WhileNoiseWaits_AllIsRecordedAtOnce()
    {
        await using var home = NewHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Metrics(0)), pool.Put(s_start.AddSeconds(1), Metrics(1)));

        await home.WriteAsync(pool.Put(s_start.AddSeconds(2), Metrics(2) with { Hvm = true }));

        var last = (await home.Reader.ObjectTimelineAsync(new("pool", "metrics"), null, 1, Token)).Entries[0];
        Assert.Equal(["hvm", "last_updated", "memory_actual"], last.Fields.Select(f => f.Field).Order());
        Assert.Equal(1, last.Omitted);
    }

    [Fact]
    public async Task AsOfAMomentOfNoise_Picture_MarksFromWhenNoisyFieldsAre()
    {
        await using var home = NewHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Metrics(0)), pool.Put(s_start.AddSeconds(100), Metrics(100)));

        var found = (await home.Reader.PoolAsOfAsync("pool", s_start.AddSeconds(200), Token)).OfClass(XapiClass.VmMetrics).Single();

        Assert.Equal(0, ((VmMetrics)found.Object).MemoryActual);
        Assert.Equal(s_start, found.RecordedAt);
        Assert.True(found.Thinned.Contains(VmMetricsFields.MemoryActual));
        Assert.False(found.Thinned.Contains(VmMetricsFields.Hvm));
    }

    [Fact]
    public async Task TaskProgress_UntilItsEnd_EndIsRecordedAtOnce()
    {
        await using var home = NewHome();
        await home.OpenAsync();
        var (pool, task) = (new LivePool("pool"), new XapiTask { Uuid = "task", Ref = "OpaqueRef:task", NameLabel = "VM.start", Status = XapiTaskStatus.Pending });
        await home.WriteAsync(pool.Put(s_start, task));

        await home.WriteAsync(
            pool.Put(s_start.AddSeconds(1), task with { Progress = 0.3 }),
            pool.Put(s_start.AddSeconds(2), task with { Progress = 0.6 }),
            pool.Put(s_start.AddSeconds(3), task with { Progress = 1, Status = XapiTaskStatus.Success }),
            pool.Remove(s_start.AddSeconds(4), task));

        var entries = (await home.Reader.ObjectTimelineAsync(new("pool", "task"), null, 10, Token)).Entries;
        Assert.Equal([EntryKind.Removed, EntryKind.Modified, EntryKind.Added], entries.Select(e => e.Kind));
        Assert.Equal(["progress", "status"], entries[1].Fields.Select(f => f.Field).Order());
    }

    [Fact]
    public void Rules_OfSettings_AddToAndOverrideTheDefaults()
    {
        var policy = new ThinningPolicy(
        [
            .. ThinningPolicy.DefaultRules(),
            new() { Class = "VM_metrics", Fields = ["*"], Every = TimeSpan.Zero },
            new() { Class = "VM", Fields = ["allowed_operations"], Every = TimeSpan.FromSeconds(7) },
        ]);

        Assert.True(policy.NoiseOf(XapiClass.VmMetrics).IsEmpty);
        Assert.Equal(TimeSpan.FromSeconds(7), policy.Patience(XapiClass.Vm, FieldSet.Of(VmFields.AllowedOperations)));
        Assert.Equal(TimeSpan.Zero, policy.Patience(XapiClass.Vm, FieldSet.Of(VmFields.AllowedOperations, VmFields.PowerState)));
    }

    [Fact]
    public void WrongSettings_Validated_EachSaysWhatToWrite()
    {
        var options = new JournalOptions
        {
            Folder = "",
            RetentionAge = TimeSpan.Zero,
            RetentionSize = 5,
            FlushInterval = TimeSpan.FromSeconds(3),
            QueueLength = 1,
        };
        var sound = new JournalOptions { Folder = "x", Thinning = [new() { Class = "VMetrics" }, new() { Class = "VM", Fields = ["power"], Every = TimeSpan.FromDays(9) }] };

        var problems = Problems(options).Concat(Problems(sound)).ToList();

        Assert.All(["Journal:Folder", "Journal:QueueLength", "'VMetrics'", "'power'", "one day"], p => Assert.Contains(problems, m => m.Contains(p, StringComparison.Ordinal)));
        Assert.All(["RetentionAge", "RetentionSize", "FlushInterval"], p => Assert.Contains(
            new JournalOptions { Folder = "x", RetentionAge = default, RetentionSize = 5, FlushInterval = default }.Validate(new(options)), m => m.ErrorMessage!.Contains(p, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Problems(JournalOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
        return results.Select(r => r.ErrorMessage!);
    }

    private static JournalHome NewHome() => new(configure: o => o.Thinning = ThinningPolicy.DefaultRules());

    private static VmMetrics Metrics(int seconds) => new()
    {
        Uuid = "metrics",
        Ref = "OpaqueRef:metrics",
        MemoryActual = seconds,
        LastUpdated = s_start.AddSeconds(seconds),
    };
}
