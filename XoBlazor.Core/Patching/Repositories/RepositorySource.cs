using System.Text;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Repositories;

/// <summary>What hosts of XenServer 8 and later lack of their pool's copy of its repositories: the coordinator tells (<c>GET /updates</c>, xo-proxying.md §4.5).</summary>
internal sealed partial class RepositorySource(TimeProvider time) : IUpdateSource
{
    private const int LongestRefusal = 64 * 1024;
    private const int MostErrorParameters = 16;

    /// <summary>A coordinator that restarted asks each host first what it has.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public bool Serves(HostGeneration generation) => generation == HostGeneration.Repositories;

    public async Task<FoundUpdates> FindAsync(PoolPicture pool, Host host, XapiConnection connection, CancellationToken token)
    {
        if (RepositoryFacts.Obstacle(pool) is { } obstacle)
            throw new PatchingException(obstacle);
        if (RepositoryFacts.NeedsSync(pool))
            throw new PatchingException($"{pool.Name()} has not synchronised with its repositories yet. Do that on its Updates tab.");
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            await using var exchange = await connection.ExchangeAsync(null, "GET", $"/updates?host_refs={Uri.EscapeDataString(host.Ref)}", null, either.Token, s_patience);
            return exchange.Status == 200
                ? UpdateList.Read(await BoundedContent.ReadAsync(exchange, UpdateList.LongestAnswer, either.Token), host.Ref, pool.NameOf(host))
                : throw Refused(pool, exchange.Status, Encoding.UTF8.GetString(await BoundedContent.ReadAsync(exchange, LongestRefusal, either.Token)));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new PatchingException($"{pool.Name()} did not say within {s_patience.TotalMinutes:0} minutes what its hosts lack. Look at its coordinator.");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw connection.Broken(broken, null);
        }
    }

    /// <summary>Pages of hosts spell a failure within their text (xapi-protocol.md §8.1).</summary>
    private static PatchingException Refused(PoolPicture pool, int status, string page)
    {
        if (status == 403)
            return new($"{pool.Name()} refused to say what its hosts lack: only its coordinator knows, and this server's user has to be a pool administrator or operator. Look again in a minute.");
        var found = Failure().Match(page);
        return new(found.Success
            ? XapiErrorText.Of(found.Groups[1].Value, [.. found.Groups[2].Value.Split(';', MostErrorParameters + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostErrorParameters)],
                pool.NameOfReference)
            : $"{pool.Name()} could not say what its hosts lack (HTTP status {status}). Its coordinator's /var/log/xensource.log says why.");
    }

    [GeneratedRegex(@"\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b:? *\[ *([^\]]*)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Failure();
}
