import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints what keeps an ontology out of a profile: `java -cp HermiT.jar Profile.java DL file.owl`. */
class Profile {
    public static void main(String[] arguments) throws Exception {
        OWLProfile profile = arguments[0].equals("DL") ? new OWL2DLProfile() : new OWL2RLProfile();
        OWLOntology ontology = OWLManager.createOWLOntologyManager()
            .loadOntologyFromOntologyDocument(new File(arguments[1]));
        for (OWLProfileViolation fault : profile.checkOntology(ontology).getViolations())
            System.out.println(fault);
    }
}
