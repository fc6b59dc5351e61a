using System.Collections.Frozen;
using System.Collections.Immutable;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;
using Xunit;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pages as Ada sees them when she is no administrator: she has what a test gives her.</summary>
public class OperatorContext : JournalContext
{
    protected const string Tag = "production";

    /// <summary>Operator on the VMs of one tag.</summary>
    protected static Grant OperatorOfTag { get; } = new("tag", SubjectId.User("1"), Role.Operator.Id, new AccessScope.OfVms("tags:" + Tag));

    protected AccessEngine Engine => Services.GetRequiredService<AccessEngine>();

    /// <summary>Ada has these and nothing else, from now on.</summary>
    protected void Give(params Grant[] grants)
    {
        Engine.Apply(new([], grants, FrozenDictionary<string, ImmutableArray<string>>.Empty));
        CatchUp();
    }

    /// <summary>Views take in what happened, as they do by themselves in a server.</summary>
    protected void CatchUp() => Services.GetRequiredService<VisibleStores>().CatchUp();

    protected void BeatAfterAll()
    {
        CatchUp();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Beat();
    }

    /// <summary>The names of all that a pool has and Ada may not view.</summary>
    protected HashSet<string> Secrets(SamplePool pool) =>
    [
        .. Enum.GetValues<XapiClass>().SelectMany(c => pool.Picture.All(c)).Where(o => !Engine.Allows(View.Eyes, Right.View, pool.Picture, o))
            .Select(ObjectNames.OwnName).OfType<string>().Where(n => n.Length > 0),
    ];

    /// <summary>Waits until the page has come to rest on something, then looks for every secret.</summary>
    protected static void TellsNothingOf(IEnumerable<string> secrets, IRenderedComponent<IComponent> page) =>
        Assert.DoesNotContain(secrets, s => page.Markup.Contains(s, StringComparison.OrdinalIgnoreCase));

    protected static void Wait(IRenderedComponent<IComponent> page, Action assertion) => page.WaitForAssertion(assertion, Patience.Limit);
}
