using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pages with a journal behind the store; it is written when a test says so.</summary>
public class JournalContext : ConsoleContext
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xo-blazor-test-").FullName;

    public JournalContext()
    {
        Services.AddSingleton(Options.Create(new JournalOptions { Folder = _folder, Thinning = [] }));
        Storage = new(new SqliteJournalStorage(_folder, new PartitionLimits(1 << 20, 1L << 40, long.MaxValue), Clock));
        Services.AddSingleton<IJournalStorage>(_ => Storage);
        Services.AddSingleton<JournalRecorder>();
        Services.AddSingleton<IStoreObserver>(p => p.GetRequiredService<JournalRecorder>());
        Services.AddSingleton<JournalReader>();
        Services.AddScoped<ViewedJournal>();
        Services.AddScoped<ViewedActs>();
        Services.AddScoped<TimeTravel>();
    }

    /// <summary>What the journal is kept in.</summary>
    internal FailingStorage Storage { get; }

    private JournalRecorder Recorder => Services.GetRequiredService<JournalRecorder>();

    /// <summary>Before anything is put into the store.</summary>
    public async Task OpenJournalAsync()
    {
        await Recorder.OpenAsync(Xunit.TestContext.Current.CancellationToken);
        await View.OpenAsync();
    }

    /// <summary>Writes down what the store announced so far, and lets a minute pass.</summary>
    public async Task WriteAsync()
    {
        await Recorder.FlushAsync(Xunit.TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
