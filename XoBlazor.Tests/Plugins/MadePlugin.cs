using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>A plugin in .NET that does what a test says.</summary>
internal sealed class MadePlugin(string wants) : IBuiltInPlugin
{
    public const string Id = "made";

    public Func<OperationRequest, CancellationToken, Task<string?>> Before { get; init; } = (_, _) => Task.FromResult<string?>(null);

    public Func<OperationOutcome, Task> After { get; init; } = _ => Task.CompletedTask;

    public Func<IReadOnlyList<RecordedEntry>, Task> Recorded { get; init; } = _ => Task.CompletedTask;

    public Func<string, Task> Scheduled { get; init; } = _ => Task.CompletedTask;

    public Func<OperationRequest, IProgress<double>, CancellationToken, Task<string?>> Run { get; init; } = (_, _, _) => Task.FromResult<string?>(null);

    public string Manifest => $$"""{"id": "{{Id}}", "name": "Made", "version": "1.0.0", "contract": "1.0", "wants": {{wants}}}""";

    public Plugin Create() => new Running(this);

    private sealed class Running(MadePlugin made) : Plugin
    {
        public override string Id => MadePlugin.Id;

        public override string Version => "1.0.0";

        protected override Task<string?> BeforeAsync(OperationRequest request, CancellationToken cancellationToken) => made.Before(request, cancellationToken);

        protected override Task AfterAsync(OperationOutcome outcome, CancellationToken cancellationToken) => made.After(outcome);

        protected override Task<string?> RunAsync(OperationRequest request, IProgress<double> progress, CancellationToken cancellationToken) => made.Run(request, progress, cancellationToken);

        protected override Task RecordedAsync(IReadOnlyList<RecordedEntry> entries, CancellationToken cancellationToken) => made.Recorded(entries);

        protected override Task ScheduledAsync(string name, CancellationToken cancellationToken) => made.Scheduled(name);
    }
}
