using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>The command line signed in to a server that follows a made-up pool.</summary>
public abstract class CliOnAPool(int vms) : IAsyncLifetime
{
    private protected TestServer Server { get; } = new();

    private protected CliHome Home { get; } = new();

    private protected SamplePool Pool { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server.OnAPort();
        Pool = new(Server.Get<ObjectStore>(), vms: vms);
        await Home.SignInAsync(Server);
    }

    public async ValueTask DisposeAsync()
    {
        Pool.Dispose();
        Home.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
