using Microsoft.Extensions.Logging;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>
/// The catalogue of the maker's updates: fetched once a day, kept when its server is down and across restarts, or uploaded in its place. One fetch at a time, tried again after ten minutes; nobody but who wants what it brings
/// waits for it. Safe from any thread.
/// </summary>
public sealed partial class CatalogueHome : IDisposable
{
    /// <summary>The longest catalogue that is taken, in bytes.</summary>
    public const int LongestDocument = CatalogueReader.LongestDocument;

    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ICatalogueSettings _settings;
    private readonly RemoteFiles _files;
    private readonly CatalogueFolder? _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueHome> _log;
    private readonly SemaphoreSlim _fetching = new(1);

    /// <summary>For the folder and the state, never while a server is asked.</summary>
    private readonly SemaphoreSlim _one = new(1);
    private volatile CatalogueState? _state;
    private int _version;

    /// <param name="folder">Null keeps nothing across restarts.</param>
    internal CatalogueHome(ICatalogueSettings settings, RemoteFiles files, CatalogueFolder? folder, TimeProvider time, ILogger<CatalogueHome> log) =>
        (_settings, _files, _folder, _time, _log) = (settings, files, folder, time, log);

    /// <summary>Differs once another catalogue counts.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>How it stood when somebody last asked; another object once that is different. Null when nobody did.</summary>
    public CatalogueState? Last => _state;

    /// <summary>How it stands, without asking its server.</summary>
    public async Task<CatalogueState> StateAsync(CancellationToken token) => await StateAsync(await _settings.GetAsync(token), token);

    /// <summary>How it stands once there is one, fetched if it is not fresh. Fails with <see cref="PatchingException"/> when none could be had yet.</summary>
    public async Task<CatalogueState> GetAsync(CancellationToken token)
    {
        var settings = await _settings.GetAsync(token);
        var state = await StateAsync(settings, token);
        if (IsDue(state))
            state = await FetchAsync(settings, IsDue, token);
        return state.Current is not null ? state : throw new PatchingException(state.Problem!);
    }

    /// <summary>Fetches it anew, however fresh it is. Fails with <see cref="PatchingException"/>; the one before is kept then.</summary>
    public async Task FetchAsync(CancellationToken token)
    {
        var state = await FetchAsync(await _settings.GetAsync(token), static _ => true, token);
        if (state.Problem is { } problem)
            throw new PatchingException(problem);
    }

    /// <summary>Puts a catalogue in the place of the one that is fetched, until it is removed. Fails with <see cref="PatchingException"/> when it is none; nothing is changed then.</summary>
    public async Task<UpdateCatalogue> UploadAsync(Stream content, CancellationToken token)
    {
        var document = await BoundedContent.ReadAsync(content, LongestDocument, token);
        var catalogue = CatalogueReader.Read(document);
        var address = (await _settings.GetAsync(token)).Url;
        await AloneAsync(async () =>
        {
            var state = await LoadLockedAsync(address, token);
            var now = _time.GetUtcNow();
            if (_folder is not null)
                await _folder.KeepUploadedAsync(document, now, token);
            return Take(state with { Uploaded = new(catalogue, now, IsUploaded: true), Problem = null });
        }, token);
        return catalogue;
    }

    /// <summary>The one that is fetched counts again.</summary>
    public async Task RemoveUploadedAsync(CancellationToken token)
    {
        var address = (await _settings.GetAsync(token)).Url;
        await AloneAsync(async () =>
        {
            var state = await LoadLockedAsync(address, token);
            if (_folder is not null)
                await _folder.RemoveUploadedAsync();
            return Take(state with { Uploaded = null, TriedAt = null, Problem = null });
        }, token);
    }

    public void Dispose()
    {
        _fetching.Dispose();
        _one.Dispose();
    }

    private bool IsDue(CatalogueState state)
    {
        var now = _time.GetUtcNow();
        return state.Uploaded is null && (state.Fetched is null || now - state.Fetched.AsOf >= s_freshFor) && (state.TriedAt is not { } tried || now - tried >= s_betweenTries);
    }

    private async Task<CatalogueState> StateAsync(CatalogueSettings settings, CancellationToken token) =>
        _state is { } known && known.Address == settings.Url ? known : await AloneAsync(() => LoadLockedAsync(settings.Url, token), token);

    private async Task<T> AloneAsync<T>(Func<Task<T>> act, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            return await act();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What is known for this address, from the folder where nothing was read yet.</summary>
    private async Task<CatalogueState> LoadLockedAsync(string address, CancellationToken token)
    {
        if (_state is { } known && known.Address == address)
            return known;
        var (uploaded, problem) = _state is { } before ? (before.Uploaded, null) : Read(_folder is null ? null : await _folder.UploadedAsync(token), isUploaded: true);
        var (fetched, _) = Read(_folder is null ? null : await _folder.FetchedAsync(address, token), isUploaded: false);
        return Take(new(address, uploaded, fetched, null, problem is null ? null : $"The uploaded catalogue cannot be used any more. {problem} Upload it again."));
    }

    private static (KnownCatalogue? Known, string? Problem) Read((byte[] Document, DateTimeOffset AsOf)? kept, bool isUploaded)
    {
        try
        {
            return kept is { } there ? (new(CatalogueReader.Read(there.Document), there.AsOf, isUploaded), null) : (null, null);
        }
        catch (PatchingException spoilt)
        {
            return (null, spoilt.Message);
        }
    }

    /// <param name="isWanted">Asked once it is our turn: who was before us may have brought it.</param>
    private async Task<CatalogueState> FetchAsync(CatalogueSettings settings, Func<CatalogueState, bool> isWanted, CancellationToken token)
    {
        await _fetching.WaitAsync(token);
        try
        {
            var state = await StateAsync(settings, token);
            return isWanted(state) ? await FetchAloneAsync(settings, token) : state;
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<CatalogueState> FetchAloneAsync(CatalogueSettings settings, CancellationToken token)
    {
        var now = _time.GetUtcNow();
        try
        {
            var document = await DownloadAsync(settings, token);
            var catalogue = CatalogueReader.Read(document);
            return await AloneAsync(async () =>
            {
                await KeepAsync(settings.Url, document, now, token);
                return Take(await LoadLockedAsync(settings.Url, token) with { Fetched = new(catalogue, now, IsUploaded: false), TriedAt = now, Problem = null });
            }, token);
        }
        catch (Exception told) when (told is PatchingException or RemoteFileException)
        {
            var problem = $"The catalogue of updates could not be fetched. {told.Message} Its address and the proxy stand under Settings → Updates.";
            return await AloneAsync(async () => _state = await LoadLockedAsync(settings.Url, token) with { TriedAt = now, Problem = problem }, token);
        }
    }

    /// <summary>A disk that is full does not make a catalogue a bad one.</summary>
    private async Task KeepAsync(string address, byte[] document, DateTimeOffset now, CancellationToken token)
    {
        if (_folder is null)
            return;
        try
        {
            await _folder.KeepFetchedAsync(address, document, now, token);
        }
        catch (PatchingException failed)
        {
            LogNotKept(failed.Message);
        }
    }

    private async Task<byte[]> DownloadAsync(CatalogueSettings settings, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        var host = new Uri(settings.Url).IdnHost;
        try
        {
            await using var file = await _files.OpenAsync(settings.Url, settings.ForCatalogue, either.Token);
            return await BoundedContent.ReadAsync(file.Content, LongestDocument, either.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new PatchingException($"{host} did not send it in time.");
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new PatchingException($"{host} did not send it to its end.", cut);
        }
    }

    private CatalogueState Take(CatalogueState state)
    {
        _state = state;
        Interlocked.Increment(ref _version);
        return state;
    }

    [LoggerMessage(LogLevel.Warning, "The catalogue of updates was fetched, and cannot be kept for the next start. {Why}")]
    private partial void LogNotKept(string why);
}
