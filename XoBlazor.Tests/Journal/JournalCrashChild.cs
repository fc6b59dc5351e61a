using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Journal;

/// <summary>
/// The victim of the crash test: this very assembly, started with two variables set, journals numbered changes until it is killed. After
/// each change the recorder was told of it prints the number and the time.
/// </summary>
internal static class JournalCrashChild
{
    public const string FolderVariable = "XOBLAZOR_TEST_JOURNAL_FOLDER";
    public const string FirstVariable = "XOBLAZOR_TEST_JOURNAL_FIRST";
    public const string PoolUuid = "c4a5ed00-0000-4000-8000-000000000001";
    public const int Objects = 40;

    /// <summary>The state after a number of changes: change n set object n modulo their count to n.</summary>
    public static XapiObject State(long change) => new Vm
    {
        Uuid = new Guid((int)(change % Objects) + 1, 0, 0, new byte[8]).ToString(),
        Ref = "OpaqueRef:" + change % Objects,
        NameLabel = "vm " + change % Objects,
        NameDescription = change.ToString(CultureInfo.InvariantCulture),
    };

#pragma warning disable CA2255 // The test runner must not start in the child.
    [ModuleInitializer]
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
            return;
        var first = long.Parse(Environment.GetEnvironmentVariable(FirstVariable)!, CultureInfo.InvariantCulture);
        Run(folder, first);
    }
#pragma warning restore CA2255

    // No await in here: until a module is initialised no other thread runs its code. The recorder's loop is another module's.
    private static void Run(string folder, long first)
    {
        var options = new JournalOptions { Folder = folder, Thinning = [] };
        var storage = new SqliteJournalStorage(folder, new PartitionLimits(2000, long.MaxValue, long.MaxValue), TimeProvider.System);
        var recorder = new JournalRecorder(storage, Options.Create(options), TimeProvider.System, NullLogger<JournalRecorder>.Instance);
        recorder.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        _ = recorder.RunAsync(CancellationToken.None);

        var pool = new LivePool(PoolUuid);
        for (var change = Math.Max(0, first - Objects); change < first; change++)
            pool.Put(default, State(change));
        recorder.Observe(pool.List(TimeProvider.System.GetUtcNow()));
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var never = new ManualResetEventSlim();
        for (var change = first; ; change++)
        {
            var now = TimeProvider.System.GetUtcNow();
            recorder.Observe(pool.Put(now, State(change)));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{change} {now.UtcTicks}"));
            never.Wait(2);
        }
    }
}
