using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>One way in which objects of a class belong to others: who may do something with those may do it with these.</summary>
internal abstract class Relation
{
    /// <summary>For people: what it belongs to, and when.</summary>
    public abstract string Words { get; }

    /// <summary>Fields by which the object itself names what it belongs to.</summary>
    public virtual FieldSet OwnFields => FieldSet.None;

    /// <summary>The class and field by which others name what belongs to them; null when they do not.</summary>
    public virtual (XapiClass Type, int Field)? Holder => null;

    /// <summary>Whether rights of the level follow from a holder to the object.</summary>
    public virtual bool Applies(XapiObject value, XapiObject holder, RightLevel level) => true;

    /// <summary>Adds what the object belongs to, as far as rights of this level follow.</summary>
    public abstract void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into);

    /// <summary>The object names it in a field.</summary>
    internal sealed class To<T>(int named, string words, Func<T, string?> reference) : Relation where T : XapiObject
    {
        public override string Words => words;

        public override FieldSet OwnFields => FieldSet.Of(named);

        public override void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
        {
            if (around.Get(reference((T)value)) is { } container)
                into.Add(container);
        }
    }

    /// <summary>The other names the object in a field.</summary>
    /// <param name="applies">Whether rights of the level follow this way.</param>
    internal sealed class From<T>(XapiClass holder, int named, string words, Func<T, XapiObject, RightLevel, bool>? applies = null) : Relation where T : XapiObject
    {
        public override string Words => words;

        public override (XapiClass Type, int Field)? Holder => (holder, named);

        public override void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
        {
            var first = into.Count;
            around.AddHolders(value.Ref, holder, named, into);
            for (var i = into.Count - 1; i >= first; i--)
                if (!Applies(value, into[i], level))
                    into.RemoveAt(i);
        }

        public override bool Applies(XapiObject value, XapiObject holder, RightLevel level) => applies is null || applies((T)value, holder, level);
    }

    /// <summary>A message names its object by class and uuid.</summary>
    internal sealed class OfMessage : Relation
    {
        public override string Words => "the object it is about";

        public override FieldSet OwnFields => FieldSet.Of(XapiMessageFields.ObjUuid);

        public override void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
        {
            if ((around.Pool.ObjectOf((XapiMessage)value) ?? around.Gone?.ObjectOf((XapiMessage)value)) is { } about)
                into.Add(about);
        }
    }

    /// <summary>A task worked on it, which is known as long as there is the task.</summary>
    internal sealed class OfWork : Relation
    {
        public override string Words => "for reading only: what it has worked on";

        public override void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
        {
            if (level != RightLevel.Read)
                return;
            foreach (var (reference, last) in around.Pool.Work.Of(value.Ref))
                if ((around.Get(reference) ?? last) is { } holder)
                    into.Add(holder);
        }
    }

    /// <summary>A task says what it applies to.</summary>
    internal sealed class OfTask : Relation
    {
        public override string Words => "the object that `other_config:applies_to` names";

        public override FieldSet OwnFields => FieldSet.Of(XapiTaskFields.OtherConfig);

        public override void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
        {
            if (((XapiTask)value).OtherConfig.TryGetValue(LooseReferences.AppliesTo, out var target)
                && (around.Get(target) ?? around.Pool.GetByUuid(target) ?? around.Gone?.GetByUuid(target)) is { } about)
                into.Add(about);
        }
    }
}
