using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Access;

/// <summary>A journal with one pool, and Ada, who may see the VMs with the tag "mine" and what belongs to them.</summary>
public abstract class VisibleJournalContext : IAsyncLifetime
{
    private readonly PoolWriter _writer;

    protected VisibleJournalContext()
    {
        Store = new(Home.Clock, [Home.Recorder]);
        _writer = Store.Open("pool");
        Engine = new(Store);
        Engine.Apply(new([], [new("1", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfVms("tags:mine"))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        Visible = new(Home.Reader, Engine, Store);
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static Actor Ada { get; } = new("ada", "ada");

    protected ObjectStore Store { get; }

    protected AccessEngine Engine { get; }

    protected VisibleJournal Visible { get; }

    private protected JournalHome Home { get; } = new();

    public async ValueTask InitializeAsync() => await Home.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await Home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Vm Vm(string name, string tag) => new() { Ref = $"OpaqueRef:{name}", Uuid = name, NameLabel = name, Tags = [tag] };

    protected async Task RemoveAsync(params string[] names)
    {
        Home.Clock.Advance(TimeSpan.FromSeconds(1));
        _writer.Apply(names.Select(n => ObjectUpdate.Gone($"OpaqueRef:{n}")));
        await Home.Recorder.FlushAsync(Token);
    }

    protected async Task PutAsync(params XapiObject[] objects)
    {
        Home.Clock.Advance(TimeSpan.FromSeconds(1));
        _writer.Apply(objects.Select(ObjectUpdate.Present));
        await Home.Recorder.FlushAsync(Token);
    }
}
