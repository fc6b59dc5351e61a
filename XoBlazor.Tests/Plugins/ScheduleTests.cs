using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Tests.Plugins;

/// <summary>Scheduled work of plugins.</summary>
public sealed class ScheduleTests
{
    private const string Wants = """{"schedule": [{"name": "tidy", "every": "00:15:00"}, {"name": "report", "at": "02:30"}]}""";

    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Work_IsDoneWhenItIsDue_AMissedOneOnce_AndNoneTwiceAfterARestart()
    {
        var clock = new FakeTimeProvider(s_noon);
        var (made, done) = Working();
        await using var bench = new PluginBench(builtIn: made, clock: clock);
        await bench.Fleet.StartAsync(bench.Token);

        // The first time of an interval is soon, the next no earlier than it is long.
        var first = await NextAsync(bench, clock, done, TimeSpan.FromMinutes(2));
        await EndedAsync(bench, "tidy");
        var second = await NextAsync(bench, clock, done, TimeSpan.FromMinutes(20));
        var between = Schedule(bench, "tidy").Last!.Value - s_noon;
        await EndedAsync(bench, "tidy");
        await bench.Fleet.UnloadAsync(MadePlugin.Id, bench.Token);
        await bench.Fleet.LoadAsync(MadePlugin.Id, bench.Token);
        await PlannedAsync(bench);
        var afterRestart = Schedule(bench, "tidy").Next!.Value - Schedule(bench, "tidy").Last!.Value;
        await bench.Fleet.UnloadAsync(MadePlugin.Id, bench.Token);
        clock.Advance(TimeSpan.FromDays(3));
        await bench.Fleet.LoadAsync(MadePlugin.Id, bench.Token);
        string[] missed = [await done.ReadAsync(bench.Token), await done.ReadAsync(bench.Token)];
        await EndedAsync(bench, "report");

        Assert.Equal(("tidy", "tidy"), (first, second));
        Assert.InRange(between, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(19));
        Assert.InRange(afterRestart, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
        Assert.Equal(["report", "tidy"], missed.Order(StringComparer.Ordinal));
        Assert.False(done.TryRead(out _));
        Assert.Equal(new TimeOnly(2, 30), TimeOnly.FromDateTime(Schedule(bench, "report").Next!.Value.DateTime));
        Assert.Equal(clock.GetUtcNow(), Schedule(bench, "report").Last);
    }

    [Fact]
    public async Task RunNow_DoesIt_NeverTwiceAtATime_AndShowsHowItEnded()
    {
        var clock = new FakeTimeProvider(s_noon);
        var (begun, goOn) = (Channel.CreateUnbounded<string>(), new SemaphoreSlim(0));
        var made = new MadePlugin("""{"schedule": [{"name": "report", "at": "02:30"}]}""")
        {
            Scheduled = async name =>
            {
                begun.Writer.TryWrite(name);
                await goOn.WaitAsync();
                throw new InvalidOperationException("the printer is out of paper");
            },
        };
        await using var bench = new PluginBench(builtIn: made, clock: clock);
        await bench.Fleet.StartAsync(bench.Token);
        await PlannedAsync(bench);

        bench.Fleet.RunNow(MadePlugin.Id, "report");
        await begun.Reader.ReadAsync(bench.Token);
        var again = Assert.Throws<PluginException>(() => bench.Fleet.RunNow(MadePlugin.Id, "report"));
        var unknown = Assert.Throws<PluginException>(() => bench.Fleet.RunNow(MadePlugin.Id, "other"));
        goOn.Release();
        await EndedAsync(bench, "report");

        Assert.Equal("Made is at 'report' already.", again.Message);
        Assert.Contains("has no scheduled work 'other'", unknown.Message, StringComparison.Ordinal);
        Assert.Equal((s_noon, "the printer is out of paper"), (Schedule(bench, "report").Last, Schedule(bench, "report").Problem));
        await bench.Fleet.UnloadAsync(MadePlugin.Id, bench.Token);
        Assert.Null(Schedule(bench, "report").Next);
        Assert.Contains("not loaded", Assert.Throws<PluginException>(() => bench.Fleet.RunNow(MadePlugin.Id, "report")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_IsWoken()
    {
        await using var bench = new PluginBench();
        await bench.LoadAsync(
            """
            def handle(message):
                if message["method"] == "schedule.run":
                    note("woken", message["params"]["name"])
                answer(message)
                if message["method"] == "unload":
                    sys.exit(0)
            start()
            serve()
            """, PythonPlugin.Manifest("""{"schedule": [{"name": "report", "at": "02:30"}], "storage": true}"""));
        while (bench.Plugin.Schedules[0].Next is null)
            await Task.Delay(20, bench.Token);

        bench.Fleet.RunNow(PythonPlugin.Id, "report");

        Assert.Equal("report", (string)(await bench.NotedAsync("woken"))!);
    }

    [Theory]
    // In Berlin 2026 the clock leaves out 02:30 on 29 March, and shows it twice on 25 October.
    [InlineData("2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00")]
    [InlineData("2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00")]
    [InlineData("2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    [InlineData("2026-06-01T10:00:00+02:00", "2026-06-02T02:30:00+02:00")]
    public void At_IsDailyByTheServersClock(string after, string expected)
    {
        var want = new ScheduleWant("report", null, new(2, 30));

        var next = ScheduleTimes.Next(want, Moment(after), isFirst: false, 0.5, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(Moment(expected), next);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static (MadePlugin Plugin, ChannelReader<string> Done) Working()
    {
        var done = Channel.CreateUnbounded<string>();
        return (new(Wants)
        {
            Scheduled = name =>
            {
                done.Writer.TryWrite(name);
                return Task.CompletedTask;
            },
        }, done.Reader);
    }

    /// <summary>Lets time pass, in steps, until something is done.</summary>
    private static async Task<string> NextAsync(PluginBench bench, FakeTimeProvider clock, ChannelReader<string> done, TimeSpan most)
    {
        string? name;
        for (var passed = TimeSpan.Zero; !done.TryRead(out name); passed += TimeSpan.FromSeconds(20))
        {
            Assert.True(passed < most, $"nothing was done within {most}");
            clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Delay(10, bench.Token);
        }

        return name;
    }

    private static async Task EndedAsync(PluginBench bench, string name)
    {
        while (Schedule(bench, name) is { IsRunning: true } or { Last: null })
            await Task.Delay(10, bench.Token);
    }

    private static async Task PlannedAsync(PluginBench bench)
    {
        while (bench.Fleet.Find(MadePlugin.Id)!.Schedules.Any(one => one.Next is null))
            await Task.Delay(10, bench.Token);
    }

    private static ScheduleStatus Schedule(PluginBench bench, string name) => bench.Fleet.Find(MadePlugin.Id)!.Schedules.Single(one => one.Name == name);
}
