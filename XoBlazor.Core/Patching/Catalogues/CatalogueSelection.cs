using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>Which updates of a catalogue a host lacks, in the order of installation: what an update requires goes before it, of what conflicts the first is taken.</summary>
internal static partial class CatalogueSelection
{
    /// <summary>How far a requirement may require another; real ones go a handful deep, and each level is a step on the stack.</summary>
    private const int Deepest = 100;

    /// <param name="offered">The uuids of the updates for the host's version.</param>
    /// <param name="installed">The uuids of what it has.</param>
    /// <param name="isFree">It has no licence that lets it have what is paid for.</param>
    /// <returns>Fails with <see cref="PatchingException"/> when the catalogue's requirements go in a circle.</returns>
    public static FoundUpdates Of(UpdateCatalogue catalogue, ImmutableArray<string> offered, IReadOnlySet<string> installed, bool isFree)
    {
        var selection = new Selection(catalogue, [.. offered], installed, isFree);
        foreach (var id in offered)
            selection.Take(id);
        return new([.. selection.Taken]) { Skipped = [.. selection.Skipped] };
    }

    [GeneratedRegex("^(XS|CH)[0-9]{2,}$")]
    private static partial Regex UpgradeName();

    private sealed class Selection(UpdateCatalogue catalogue, HashSet<string> offered, IReadOnlySet<string> installed, bool isFree)
    {
        private readonly Dictionary<string, bool> _judged = [];
        private readonly HashSet<string> _onTheWay = [];
        private readonly HashSet<string> _takenIds = [];

        /// <summary>What conflicts with those that were taken, and the name of the first of them.</summary>
        private readonly Dictionary<string, string> _foes = [];

        public List<MissingUpdate> Taken { get; } = [];

        public List<SkippedUpdate> Skipped { get; } = [];

        /// <summary>Takes an update with all that it requires; returns whether the host has it in the end.</summary>
        public bool Take(string id)
        {
            if (installed.Contains(id))
                return true;
            if (_judged.TryGetValue(id, out var before))
                return before;
            // An upgrade of the whole product is none of its updates; what is for other versions would not install.
            if (!offered.Contains(id) || !catalogue.Updates.TryGetValue(id, out var update) || UpgradeName().IsMatch(update.Name))
                return _judged[id] = false;
            if (!_onTheWay.Add(id))
                throw Unusable($"{update.Name} requires itself by way of others");
            if (_onTheWay.Count > Deepest)
                throw Unusable($"{update.Name} is required by more than {Deepest} others in a row");
            var why = Objection(update);
            _onTheWay.Remove(id);
            if (why is null)
                Add(update);
            else
                Skipped.Add(new(update.Name, why));
            return _judged[id] = why is null;
        }

        private void Add(MissingUpdate update)
        {
            Taken.Add(update);
            _takenIds.Add(update.Id);
            foreach (var foe in update.Conflicts)
                _foes.TryAdd(foe, update.Name);
        }

        private string? Objection(MissingUpdate update)
        {
            if (update.IsPaid && isFree)
                return "Only hosts with a licence may have it.";
            if (Foe(update) is { } foe)
                return $"It conflicts with {foe}.";
            foreach (var needed in update.Requirements)
                if (!Take(needed))
                    return $"It requires {NameOf(needed)}, which cannot be installed.";
            // What it requires may have brought one in.
            return Foe(update) is { } late ? $"It conflicts with {late}." : null;
        }

        private string? Foe(MissingUpdate update)
        {
            foreach (var id in update.Conflicts)
                if (installed.Contains(id) || _takenIds.Contains(id))
                    return NameOf(id);
            return _foes.GetValueOrDefault(update.Id);
        }

        private string NameOf(string id) => catalogue.Updates.TryGetValue(id, out var update) ? update.Name : id;

        private static PatchingException Unusable(string why) =>
            new($"The catalogue of updates cannot be used: {why}. Fetch it anew, or upload another one, under Settings → Updates.");
    }
}
