namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>Receives the references a record holds.</summary>
public interface IReferenceVisitor
{
    void Visit(int field, string reference);
}
