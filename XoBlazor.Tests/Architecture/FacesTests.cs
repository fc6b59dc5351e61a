using System.Reflection;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using Xunit;

namespace XoBlazor.Tests.Architecture;

/// <summary>
/// No page can forget to ask who looks: what it reads comes from <see cref="CircuitView"/>, and what knows more is out of its reach.
/// </summary>
public sealed class FacesTests
{
    /// <summary>What knows of everything, whoever asks.</summary>
    private static readonly Type[] s_whole = [typeof(ObjectStore), typeof(IStoreView), typeof(JournalReader), typeof(JournalRecorder), typeof(VisibleStores), typeof(VisibleJournal),
        typeof(OperationRunner), typeof(TransferQueue), typeof(QueueActs), typeof(PoolFleet), typeof(RecentChanges), typeof(SharedPictures), typeof(AuditLog)];

    /// <summary>Who may have it all the same, and why that is safe.</summary>
    private static readonly string[] s_trusted =
    [
        "CircuitView", "ViewedJournal", "ViewedActs", "SharedPictures", "StorePictures", // they are the view
        "Actions", "ViewedTransfers", // ask the view before they tell of runs; the runner and the queue judge by themselves
        "PoolSettingsPage", "PoolConnectionCard", "EditPool", // within <Allowed>
        "SettingsPage", "AuditLogPage", // ask for the right before they read
        "JournalPage", // the recorder's state, for those only who see everything
    ];

    [Fact]
    public void Components_ReadThroughTheView()
    {
        var offenders = typeof(CircuitView).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("XoBlazor.App.Components", StringComparison.Ordinal) == true && !t.Name.Contains('<', StringComparison.Ordinal))
            .Where(t => !s_trusted.Contains(t.Name.Split('`')[0]))
            .SelectMany(t => Given(t).Where(s_whole.Contains).Select(w => $"{t.Name} is given {w.Name}")).ToList();

        Assert.True(offenders.Count == 0, "pages and services of a circuit read through CircuitView and ViewedJournal, which ask who looks:\n" + string.Join('\n', offenders));
    }

    [Fact]
    public void Trusted_AreStillThere() => Assert.Empty(s_trusted.Except(typeof(CircuitView).Assembly.GetTypes().Select(t => t.Name.Split('`')[0])));

    /// <summary>What the container hands to a type: by constructor, or into a property.</summary>
    private static IEnumerable<Type> Given(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType)
            .Concat(type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(p => p.GetCustomAttribute<InjectAttribute>() is not null).Select(p => p.PropertyType));
}
