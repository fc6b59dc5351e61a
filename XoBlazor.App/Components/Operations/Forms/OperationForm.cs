using System.Text.Json.Nodes;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Transfers;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Components.Operations.Forms;

/// <summary>The parameters of an operation while a person fills them in, for one target or several of one pool.</summary>
public sealed class OperationForm
{
    private readonly Dictionary<OperationParameter, List<Candidate>> _candidates = new(ReferenceEqualityComparer.Instance);
    private readonly Operation _operation;
    private readonly CircuitView _view;
    private readonly IReadOnlyList<(PoolPicture Pool, XapiObject Object)> _targets;

    public OperationForm(Operation operation, CircuitView view, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets)
    {
        (_operation, _view, _targets) = (operation, view, targets);
        Obstacle = targets.Select(target => operation.Liftable(target.Pool, target.Object)).FirstOrDefault(reason => reason is not null);
        var needed = targets.SelectMany(target => operation.NeededOverrides(target.Pool, target.Object)).ToHashSet();
        Fields = [.. operation.Parameters.Where(parameter => !parameter.IsOverride || needed.Contains(parameter)).Select(parameter => new FieldState(parameter, Present(parameter)))];
    }

    public IReadOnlyList<FieldState> Fields { get; }

    /// <summary>What stands in the way and can be lifted by one of the fields.</summary>
    public string? Obstacle { get; }

    /// <summary>What has to be put right first.</summary>
    public string? Problem => Fields.Select(one => one.Problem).FirstOrDefault(problem => problem is not null);

    public bool IsChanged => Fields.Any(one => one.IsChanged);

    /// <summary>
    /// Takes over what was filled in for another target, as far as it means the same for this one: texts, numbers and choices, and not what was chosen among
    /// the other's surroundings.
    /// </summary>
    public void TakeOver(OperationForm before)
    {
        foreach (var field in Fields)
            if (before.Fields.FirstOrDefault(one => one.Parameter.Name == field.Parameter.Name) is { IsChanged: true } filled)
                field.TakeOver(filled);
    }

    /// <summary>Fills in texts, and objects where they can be chosen, by the names of the parameters.</summary>
    public void Choose(JsonObject? chosen)
    {
        foreach (var field in Fields)
            if ((string?)chosen?[field.Parameter.Name] is { } given
                && (field.Parameter.Kind == ParameterKind.Text || (field.Parameter.Kind == ParameterKind.Object && Candidates(field.Parameter).Any(one => one.Id == given && one.Reason is null))))
                field.Text = given;
    }

    /// <summary>What a file's name says of it, where nothing else was filled in.</summary>
    public void Suggest(ChosenFile? file)
    {
        if (file is null)
            return;
        foreach (var field in Fields)
            if (field.Parameter.Name == "name" && field.Parameter.IsRequired && field.Text.Length == 0)
                field.Text = FileName.Stem(file.Name);
            else if (field.Parameter is { Name: "format", Kind: ParameterKind.Choice })
                field.Text = FileName.DiskFormat(file.Name);
    }

    public JsonObject Read() => FieldState.Read(Fields);

    public IReadOnlyList<Candidate> Candidates(OperationParameter parameter) =>
        _candidates.TryGetValue(parameter, out var known) ? known : _candidates[parameter] = Candidate.For(parameter, _view, _targets);

    /// <summary>Why a parameter can be looked at and not changed; null when it can be changed.</summary>
    public string? ReadOnlyReason(OperationParameter parameter) => _operation.Rights.Length > 1 && _operation.RightFor(parameter) is var right
        && !_targets.All(target => _view.May(right, target.Pool, target.Object)) ? $"You lack the right “{right.Title}”{(_targets.Count > 1 ? " on some of these" : "")}." : null;

    // Several targets begin with what they have in common.
    private JsonNode? Present(OperationParameter parameter)
    {
        if (parameter.Present is not { } present)
            return null;
        var first = present(_targets[0].Pool, _targets[0].Object);
        return _targets.Skip(1).All(target => JsonNode.DeepEquals(first, present(target.Pool, target.Object))) ? first : null;
    }
}
