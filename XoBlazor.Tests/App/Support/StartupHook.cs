using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

/// <summary>
/// Runs before anything else in a server process that was started with <c>DOTNET_STARTUP_HOOKS</c> naming this assembly, and makes the mistake that
/// <see cref="Mistake"/> names, as a developer of an operation might. The runtime wants exactly this name, outside of any namespace.
/// </summary>
#pragma warning disable CA1050
internal static class StartupHook
#pragma warning restore CA1050
{
    public const string Mistake = "XOBLAZOR_TEST_MISTAKE";

    /// <summary>Names the file whose appearance is the server's death instead.</summary>
    public const string Death = "XOBLAZOR_TEST_DEATH";

    /// <summary>Whether it dies by a thread of its own, where nobody catches anything, or by one of its loops.</summary>
    public const string ByThread = "XOBLAZOR_TEST_DEATH_BY_THREAD";

    /// <summary>What it dies of.</summary>
    public const string LastWords = "nobody foresaw this";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Hosts());

    private static Right RightOf(string? mistake) => mistake switch
    {
        "none" => null!,
        "badly named" => new("Give everything away", "Give everything away", RightLevel.Read),
        "declared otherwise" => new("vm.start", "Start VMs", RightLevel.Read),
        _ => new("vm.start", "Start VMs", RightLevel.Operate),
    };

    // The host tells of itself while it is built; services that are added then come last and win.
    private sealed class Hosts : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices((_, services) => Add(services));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        private static void Add(IServiceCollection services)
        {
            if (Environment.GetEnvironmentVariable(Death) is { } death)
            {
                services.AddSingleton<IHostedService>(new Dying(death, Environment.GetEnvironmentVariable(ByThread) == "1"));
                return;
            }

            var made = services.Single(service => service.ServiceType == typeof(OperationCatalogue)).ImplementationFactory!;
            services.AddSingleton(provider => new OperationCatalogue(
                [.. ((OperationCatalogue)made(provider)).All, new Mistaken(RightOf(Environment.GetEnvironmentVariable(Mistake)))]));
        }
    }

    private sealed class Dying(string death, bool byThread) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!File.Exists(death))
                await Task.Delay(TimeSpan.FromMilliseconds(50), stoppingToken);
            if (!byThread)
                throw new InvalidOperationException(LastWords);
            new Thread(static () => throw new InvalidOperationException(LastWords)).Start();
        }
    }

    private sealed class Mistaken : Operation
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Mistaken(Right right) : base("vm.mistake", right, XapiClass.Vm) => (Title, Progressive, Description) = ("Mistake", "Mistaking", "Does nothing.");

        public override string? Obstacle(PoolPicture pool, XapiObject target) => null;

        internal override Task RunAsync(OperationWork work) => Task.CompletedTask;
    }
}
