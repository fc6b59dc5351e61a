using System.Net;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>
/// The conversations of a real host over three protocols and bare HTTP, held again with the simulator. Every deliberate difference is
/// listed with its reason; it counts as a difference all the same.
/// </summary>
public sealed class RecordedExchangeTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.95;

    /// <summary>A fifth of these requests is about VMs, disks and bodies that were not kept.</summary>
    private const double LeastShareOfHttp = 0.7;

    private const string RecordedHttpSession = "OpaqueRef:9e24559d-d274-813b-0439-7cd03d84d7d7";

    private static readonly (string Name, string Reason)[] s_deliberate =
    [
        ("err-sr-full", "the recorded storage was told to be full; ours has room"),
        ("err-sr-backend", "the recorded storage was told to fail"),
        ("-export-metadata", "exports of metadata alone are not simulated yet"),
        ("-export-vm", "the pool it is played against has other VMs"),
        ("-export-raw-vdi", "the pool it is played against has other disks"),
        ("-import-vhd-ok", "the recorded session and body were not kept"),
        ("-import-xva", "the recorded session and body were not kept"),
        ("053-console", "the pool it is played against has other VMs"),
        ("-audit-log", "the recorded host had written nothing down yet"),
        ("-rrd-session", "on the recorded host nothing sampled metrics"),
        ("-host-rrd", "on the recorded host nothing sampled metrics"),
        ("head-root", "the recorded host sends a body to HEAD, which HTTP forbids"),
        ("slave-dead-forward", "members of a simulated pool do not die alone; the recorded call hung for 100 s first"),
        ("compute_free_memory", "the pool it is played against has other VMs"),
        ("-services", "the list of storage drivers as a service is not simulated"),
        ("task-record-early", "how far the task had come when it was looked at is chance"),
        ("vm-record-running", "the recorded hypervisor had not reported the console yet"),
        ("event-get_current_id", "counts what earlier conversations with the recorded host had heard"),
    ];

    [Theory]
    [InlineData("jsonrpc1")]
    [InlineData("jsonrpc2")]
    [InlineData("xmlrpc")]
    public async Task Conversation_OverEachProtocol_GetsAnswersOfTheSameShape(string protocol)
    {
        var recordings = Recording.Load(protocol);
        await using var host = await StartAsync(RecordedPool.Build(recordings));
        var pool = host.Pools[0].Simulator;
        RecordedPool.RestoreMessages(pool, recordings);
        var beside = new Beside(pool, recordings);
        var replay = new Replay(_ => Address(host)) { Before = beside.HappenAsync };

        var differences = await PlayAsync(recordings, replay);

        Report(recordings, differences);
    }

    [Fact]
    public async Task Requests_OfEveryKindOfHttp_GetTheSameStatusAndPage()
    {
        var recordings = Recording.Load("http");
        await using var host = await StartAsync(PoolSource.FromFile(SharedData.Path("data", "xapi-paired", "modern", "database.xml")));
        var replay = new Replay(_ => Address(host));
        replay.Translate(RecordedHttpSession, host.Pools[0].Simulator.Sessions.LogIn("root", "xenroot", "tests"));

        var differences = await PlayAsync(recordings, replay);

        Report(recordings, differences, LeastShareOfHttp);
    }

    [Theory]
    [InlineData("pool", 0.9)]
    [InlineData("restart", 1)]
    public async Task Pool_WithMembersAndRestarts_AnswersAsRecorded(string prefix, double least)
    {
        var recordings = Recording.Load(prefix);
        await using var host = await StartAsync(PoolSource.FromFile(SharedData.Path("data", "xapi-paired", "modern", "database.xml")));
        var story = new PoolStory(host.Pools[0].Simulator, recordings);
        var replay = new Replay(r => story.AddressOf(r, Address(host).Port)) { Before = story.HappenAsync };

        var differences = await PlayAsync(recordings, replay);

        Report(recordings, differences, least);
    }

    private static async Task<Dictionary<string, string>> PlayAsync(IReadOnlyList<Recording> recordings, Replay replay)
    {
        var differences = new Dictionary<string, string>();
        foreach (var recording in recordings)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience.Limit);
            try
            {
                if (await replay.PlayAsync(recording, patience.Token) is { } difference)
                    differences.Add(recording.File, difference);
            }
            catch (OperationCanceledException)
            {
                differences.Add(recording.File, "no answer");
            }
        }

        return differences;
    }

    private static Task<SimulatorHost> StartAsync(PoolSource source) => SimulatorHost.StartAsync(
        new()
        {
            Pools = [source],
            Addresses = AddressMode.Faithful,
            Time = new HurriedTime(),
            KeepsHouse = false,
            Pool = new() { Password = "xenroot", OperationDuration = TimeSpan.FromMilliseconds(20), EventDelay = TimeSpan.FromMilliseconds(5) },
        },
        TestContext.Current.CancellationToken);

    private static IPEndPoint Address(SimulatorHost host) => new(IPAddress.Loopback, host.Pools[0].HttpUrl.Port);

    private void Report(IReadOnlyList<Recording> recordings, Dictionary<string, string> differences, double least = LeastShare)
    {
        var share = 1 - ((double)differences.Count / recordings.Count);
        output.WriteLine($"{recordings.Count - differences.Count} of {recordings.Count} exchanges agree: {share:P1}");
        var unexplained = new List<string>();
        foreach (var (file, difference) in differences)
            if (s_deliberate.FirstOrDefault(d => file.Contains(d.Name, StringComparison.Ordinal)).Reason is { } reason)
                output.WriteLine($"deliberate: {file}: {reason}");
            else
                unexplained.Add($"{file}: {difference}");
        output.WriteLine($"UNEXPLAINED {unexplained.Count}\n{string.Join('\n', unexplained)}");
        Assert.InRange(share, least, 1);
        Assert.Empty(unexplained);
    }
}
