using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Pools;
using XoBlazor.Simulator;

namespace XoBlazor.App.Demo;

/// <summary>
/// What <c>--demo</c> adds to an ordinary server: simulated pools that live in this process, already among the server's pools, and
/// an administrator. The server talks to them over the network like to any other.
/// </summary>
internal sealed class DemoPools(IPoolSettingsStore settings, FirstAdministrator first, DataDirectory data, TimeProvider time) : IGreetingLine, IAsyncDisposable
{
    private const string Administrator = "admin";

    // Enough to see that the pools live, few enough to read along.
    private const double ChangesPerSecond = 5;

    private SimulatorHost? _simulator;
    private string? _password;

    /// <summary>Starts the pools and makes them known. Before the server connects to its pools.</summary>
    public async Task PrepareAsync(CancellationToken token)
    {
        var secret = GeneratedPassword.Make();
        try
        {
            _simulator = await SimulatorHost.StartAsync(
                new SimulatorOptions { Pools = PoolSource.Demo(), Pool = new PoolOptions { Password = secret }, Rate = ChangesPerSecond, Time = time }, token);
        }
        catch (SimulatorException problem)
        {
            throw new StartupException($"The demo pools cannot start: {problem.Message}", problem);
        }

        await ReplaceKnownAsync(_simulator.Pools, secret, token);
        if (first.IsMissing)
            await MakeAdministratorAsync(token);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Lines(string address)
    {
        yield return _password is not null
            ? $"Demo: sign in as {Administrator} with the password {_password} (shown only now)."
            : $"Demo: sign in with the account of its first start. To start anew, delete {data.Root}.";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
            await _simulator.DisposeAsync();
    }

    // Ports, password and certificates are new at every start; the entry stays the same, so that its history goes on.
    private async Task ReplaceKnownAsync(IReadOnlyList<SimulatedPool> pools, string secret, CancellationToken token)
    {
        var known = await settings.LoadAsync(token);
        foreach (var pool in pools)
        {
            var port = pool.HttpsUrl.Port;
            var address = $"{pool.HttpsUrl.Host}:{port}";
            var coordinator = pool.Hosts.Single(host => host.IsCoordinator);
            var entry = known.FirstOrDefault(one => one.PoolUuid == pool.Uuid) ?? new PoolSettings
            {
                Id = Guid.NewGuid(),
                PoolUuid = pool.Uuid,
                Label = pool.Name,
                Address = address,
                User = pool.User,
                Password = secret,
            };
            await settings.SaveAsync(entry with
            {
                Address = address,
                User = pool.User,
                Password = secret,
                Members =
                [
                    new KnownMember(address, [coordinator.CertificateFingerprint]),
                    .. pool.Hosts.Select(host => new KnownMember($"{host.Address}:{port}", [host.CertificateFingerprint])),
                ],
            }, token);
        }
    }

    private async Task MakeAdministratorAsync(CancellationToken token)
    {
        var password = GeneratedPassword.Make();
        var problems = await first.CreateAsync(Administrator, password, token);
        if (problems.Count > 0)
            throw new StartupException($"The demo administrator cannot be created: {string.Join(' ', problems)}");
        _password = password;
    }
}
