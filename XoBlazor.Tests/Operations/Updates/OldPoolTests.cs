using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>Tests on a pool of an older generation, which each of them starts in the release that it is about.</summary>
public abstract class OldPoolTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private OldPool? _pool;

    private protected OldPool Pool => _pool!;

    private protected CancellationToken Token => _patience.Token;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_pool is not null)
            await _pool.DisposeAsync();
        _patience.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task StartAsync(string make, Action<IServiceCollection>? more = null) => _pool = await OldPool.StartAsync(make, Token, more);
}
