import type { SeniorityPhrases } from './seniority-table.ts';

/** "Jefe" stands below "gerente" in most companies, so it is a manager; a "jefe" of a department, an area or a division is its head. */
export const SPANISH: SeniorityPhrases = {
  aide: [
    'asistente, ayudante, auxiliar, secretario, secretaria de dirección, adjunto a dirección, adjunto a la dirección',
    'adjunto a gerencia',
  ],
  beginner: ['becario, practicante, pasante, en prácticas, ^prácticas, prácticas profesionales, aprendiz'],
  'c-level': [
    'director general, dirección general, director gerente, director ejecutivo, directora ejecutiva, gerente general',
    'gerencia general, gerente propietario, consejero delegado, ^consejero$, consejero independiente',
    'administrador único, administrador solidario, administrador delegado, administrador general, propietario',
    'copropietario, dueño, dueña, fundador, cofundador, socio, socia, socio fundador, empresario, emprendedor',
    'dirigente, presidente, presidente ejecutivo, presidenta, presidenta ejecutiva, secretario general, rector',
    'alta dirección, representante legal',
  ],
  vp: ['vicepresidente, vicepresidenta, vice presidenta'],
  director: [
    'director, subdirector, codirector, apoderado, directivo, directiva, director adjunto, directora adjunta',
    'director de área, subdirección, dirección comercial, dirección financiera, dirección de marketing',
    'dirección técnica, dirección de operaciones',
  ],
  head: [
    'jefe de departamento, jefa de departamento, jefe del departamento, jefa del departamento, jefe de área',
    'jefa de área, jefe del área, jefa del área, jefe de división, jefa de división, jefe de gabinete',
    'jefa de gabinete, jefe de servicio, jefa de servicio, decano, decana, responsable de departamento',
    'responsable de área, director de departamento, subgerente general, gerente de país',
  ],
  student: ['estudiante, ^universitario$, alumno, alumna, doctorando, doctoranda, tesista, opositor'],
  junior: ['recién graduado, recién titulado, recién egresado, egresado'],
  manager: [
    'gerente, gerencia, subgerente, subgerencia, jefe, jefa, jefatura, subjefe, subjefa, encargado, supervisor',
    'coordinador, gestor, capataz, líder de equipo, líder de proyecto, líder de proyectos, mando intermedio',
    'director de proyecto, director de proyectos, maestro de obra',
  ],
  senior: ['líder, líder técnico, sénior, experto, experta, principal, perito'],
  staff: [
    'técnico, ingeniero, desarrollador, programador, analista, consultor, comercial, vendedor, ejecutivo, ejecutiva',
    'ejecutivo de ventas, representante, contador, contable, administrativo, administrativa, administrador, abogado',
    'médico, enfermero, profesor, docente, maestro, maestra, investigador, diseñador, comprador, asesor, especialista',
    'arquitecto, arquitecta, recepcionista, periodista, operario, operador, empleado, trabajador, autónomo, autónoma',
    'funcionario, colaborador, agente, delegado, delegado comercial, dependiente, dependienta, promotor, formador',
    'tutor, reclutador, economista, auditor, tesorero, farmacéutico, odontólogo, odontóloga, psicólogo, psicóloga',
    'informático, mecánico, electricista, chofer, conductor, instalador, ama de casa, ingeniero técnico',
    'jefe de cocina, delineante, traductor, cajero, socio comercial, fotógrafo, fotógrafa, redactor, veterinario',
    'logista, almacenero',
  ],
  nothing: ['socio laboral, socio cultural, socio sanitario, socio educativo, socio económico, socio ambiental'],
};
