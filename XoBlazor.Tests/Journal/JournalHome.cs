using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Journal;

/// <summary>A journal in a folder of its own, with a clock that stands still until told; can be closed and opened again.</summary>
internal sealed class JournalHome : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly PartitionLimits _limits;
    private readonly Func<IJournalStorage, IJournalStorage> _wrap;

    public JournalHome(PartitionLimits? limits = null, Action<JournalOptions>? configure = null, Func<IJournalStorage, IJournalStorage>? wrap = null)
    {
        _limits = limits ?? new PartitionLimits(1 << 20, 1L << 40, long.MaxValue);
        _wrap = wrap ?? (s => s);
        Options = new JournalOptions { Thinning = [] };
        configure?.Invoke(Options);
        if (Options.Folder.Length == 0)
            Options.Folder = Directory.CreateTempSubdirectory("xo-journal-").FullName;
        Clock = new FakeTimeProvider(Start);
        Build();
    }

    public string Folder => Options.Folder;

    public JournalOptions Options { get; }

    public FakeTimeProvider Clock { get; }

    public IJournalStorage Storage { get; private set; } = null!;

    public JournalRecorder Recorder { get; private set; } = null!;

    public JournalReader Reader { get; private set; } = null!;

    public Task OpenAsync() => Recorder.OpenAsync(TestContext.Current.CancellationToken);

    public async Task WriteAsync(params StoreBatch[] batches)
    {
        foreach (var batch in batches)
            Recorder.Observe(batch);
        await Recorder.FlushAsync(TestContext.Current.CancellationToken);
    }

    public async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        Recorder.Dispose();
        Build();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Recorder.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Build()
    {
        Storage = _wrap(new SqliteJournalStorage(Folder, _limits, Clock));
        Recorder = new JournalRecorder(Storage, Microsoft.Extensions.Options.Options.Create(Options), Clock, NullLogger<JournalRecorder>.Instance);
        Reader = new JournalReader(Storage, Recorder);
    }
}
