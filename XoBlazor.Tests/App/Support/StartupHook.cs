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
            var operations = services.Select(service => service.ImplementationInstance).OfType<OperationCatalogue>().Single().All;
            services.AddSingleton(_ => new OperationCatalogue([.. operations, new Mistaken(RightOf(Environment.GetEnvironmentVariable(Mistake)))]));
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
